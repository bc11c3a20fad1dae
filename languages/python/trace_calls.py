"""Runs a program unchanged, and prints at the end which of its functions were called: CALLED, then their names."""

import runpy
import sys

file = sys.argv[1]
called = set()


def note(frame, event, _):
    """Stores the name of each function of the program that is called."""
    if event == 'call' and frame.f_code.co_filename.endswith(file):
        called.add(frame.f_code.co_name)


sys.argv = sys.argv[1:]
sys.setprofile(note)
try:
    runpy.run_path(file, run_name='__main__')
finally:
    sys.setprofile(None)
    print('CALLED', *sorted(called))
