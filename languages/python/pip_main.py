"""What `python -m pip` runs in a sandbox: pip, except that the commonest question is answered without loading it.

In tutorials, `pip install` names packages that are installed already. To say so, pip imports 450 modules, which is
the greater part of the work of a whole tutorial. Set-up puts this file in the place of pip's own `__main__.py`.
"""

import os
import sys

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What sandboxes set; see record.ts. With any other setting, pip decides.
SETTINGS = {'BREAK_SYSTEM_PACKAGES', 'DISABLE_PIP_VERSION_CHECK', 'NO_CACHE_DIR', 'NO_INDEX', 'NO_INPUT', 'USER'}
CONFIGURED = ('/etc/pip.conf', '/etc/xdg/pip/pip.conf', f'{sys.prefix}/pip.conf', '~/.pip/pip.conf', '~/.config/pip')
WORD = set('abcdefghijklmnopqrstuvwxyz0123456789-_.')


def normalized(name):
    """Returns a package's name as the index compares it (PEP 503)."""
    return '-'.join(part for part in name.lower().replace('_', '-').replace('.', '-').split('-') if part)


def is_asked_plainly():
    """Whether pip runs as in a tutorial: with our settings only, and with the tutorials' packages before all others."""
    settings = {name: value for name, value in os.environ.items() if name.startswith('PIP_')}
    expected = {f'PIP_{name}': '0' if name == 'USER' else '1' for name in SETTINGS}
    return (
        settings == expected
        and not any(name in os.environ for name in ('XDG_CONFIG_HOME', 'XDG_CONFIG_DIRS'))
        and not any(os.path.exists(os.path.expanduser(path)) for path in CONFIGURED)
        and sys.path[1:2] == [FOLDER]
        and not f'{FOLDER}/'.startswith(f'{os.getcwd()}/')  # pip would print a relative path
        and not sys.stdout.isatty()
    )


def versions_without_needs():
    """Returns the versions of the installed packages that need no others, by their normalized names."""
    versions = {}
    for entry in os.listdir(FOLDER):
        if entry.endswith('.dist-info'):
            name, _, version = entry[: -len('.dist-info')].partition('-')
            with open(f'{FOLDER}/{entry}/METADATA', encoding='utf-8') as file:
                head = file.read().partition('\n\n')[0]
            needs = [line for line in head.split('\n') if line.lower().startswith('requires-dist:')]
            if all('extra ==' in line for line in needs):
                versions[normalized(name)] = version
    return versions


def satisfied(arguments):
    """Returns what pip prints when all named packages are installed and need no others; None when pip must decide."""
    command, *names = arguments or ['']
    if command != 'install' or not names or not all(set(name.lower()) <= WORD and name[0].isalnum() for name in names):
        return None
    if len({normalized(name) for name in names}) < len(names) or not is_asked_plainly():
        return None
    versions = versions_without_needs()
    if not all(normalized(name) in versions for name in names):
        return None
    return ''.join(
        f'Requirement already satisfied: {name} in {FOLDER} ({versions[normalized(name)]})\n' for name in names
    )


if __name__ == '__main__':
    try:
        said = satisfied(sys.argv[1:])
    except (OSError, ValueError):
        said = None
    if said is not None:
        sys.stdout.write(said)
        sys.exit(0)
    import runpy

    # Not `alter_sys`: pip takes its own name from sys.argv.
    runpy.run_module('pip.pip_main', run_name='__main__')
