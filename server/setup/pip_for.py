"""Runs pip for another Python and machine than its own: `pip_for.py SERIES MACHINE ARGUMENT…`.

`pip download --python-version` chooses files for another Python, but still asks its own whether a condition such as
`python_version < "3.11"` in the requirements of a package holds.
"""

import importlib
import runpy
import sys


def environment(real, series, machine):
    """Returns what conditions are about, on Linux with CPython of that series."""
    return {
        **real(),
        'implementation_name': 'cpython',
        'implementation_version': f'{series}.0',
        'os_name': 'posix',
        'platform_machine': machine,
        'platform_python_implementation': 'CPython',
        'platform_system': 'Linux',
        # The first of the series: conditions mostly say for which old ones something is needed.
        'python_full_version': f'{series}.0',
        'python_version': series,
        'sys_platform': 'linux',
    }


if __name__ == '__main__':
    _, series, machine, *arguments = sys.argv
    markers = importlib.import_module('pip._vendor.packaging.markers')
    real = markers.default_environment
    vars(markers)['default_environment'] = lambda: environment(real, series, machine)
    sys.argv = ['pip', *arguments]
    runpy.run_module('pip', run_name='__main__')
