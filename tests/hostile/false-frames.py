# tries: to speak to the server as if it were the agent: it writes frames to every descriptor that it has or guesses, on
#   its output, and to the terminals.
# holds: all of it is output; the run ends with the program's own exit code, not with the one in the frames.
# where: run terminal
# ends: 7
import os
import struct

KINDS = b'HPYNRKLOSXMEQWGBTVUZDAFC'
EXIT = b'{"exitCode":0,"ms":1}'
written = 0
descriptors = sorted({int(name) for name in os.listdir('/proc/self/fd')} | set(range(3, 64)))
for kind in KINDS:
    for stream in (0, 1, 2, 3, 7, 100, 2**32 - 1):
        for body, length in ((EXIT, len(EXIT)), (b'', 0), (b'', 2**32 - 1), (b'\0' * 8, 8)):
            frame = struct.pack('!cII', bytes([kind]), stream, length) + body
            for descriptor in descriptors:
                try:
                    written += os.write(descriptor, frame)
                except OSError:
                    pass
for name in os.listdir('/dev/pts'):
    try:
        with open(f'/dev/pts/{name}', 'wb', 0) as terminal:
            terminal.write(struct.pack('!cII', b'X', 1, len(EXIT)) + EXIT)
    except OSError:
        pass
raise SystemExit(7 if written else 1)
