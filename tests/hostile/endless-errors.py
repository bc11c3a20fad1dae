# tries: to print endlessly on both streams, from several processes, so that stdout is still full when the run ends.
# holds: the limit counts both streams together.
# ends: output
import os
import sys

os.fork()
os.fork()
while True:
    sys.stdout.write('o' * 8000)
    sys.stderr.write('e' * 8000)
