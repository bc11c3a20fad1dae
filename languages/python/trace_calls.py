"""Runs a program as it is, and tells which of its own functions were called: CALLED, then their names."""

import runpy
import sys

file = sys.argv[1]
called = set()


def note(frame, event, _):
    """Remembers each function of the program by its name."""
    if event == 'call' and frame.f_code.co_filename.endswith(file):
        called.add(frame.f_code.co_name)


sys.argv = sys.argv[1:]
sys.setprofile(note)
try:
    runpy.run_path(file, run_name='__main__')
finally:
    sys.setprofile(None)
    print('CALLED', *sorted(called))
