"""Runs a command on its own terminal and types into it.

Reads JSON from its input: argv, type (a list of {after, send}), seconds. What is in `send` is typed once `after` was
shown. Writes what the terminal showed, and exits as the command did, or with 124 when its time was over.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

ROWS, COLUMNS = 50, 160
PAUSE_SECONDS = 0.1


def main() -> None:
    """Does what the JSON on standard input asks for."""
    order = json.load(sys.stdin)
    pid, terminal = pty.fork()
    if pid == 0:
        settings = termios.tcgetattr(0)
        settings[3] &= ~termios.ECHO
        termios.tcsetattr(0, termios.TCSANOW, settings)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', ROWS, COLUMNS, 0, 0))
        os.execvp(order['argv'][0], order['argv'])
    shown, read_from, to_type = b'', 0, list(order['type'])
    end = time.monotonic() + order['seconds']
    while True:
        ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
        if not ready:
            os.kill(pid, signal.SIGKILL)
            break
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
        sys.stdout.buffer.write(chunk)
        while to_type:
            after = to_type[0]['after'].encode()
            at = shown.find(after, read_from)
            if at < 0:
                break
            read_from = at + len(after)
            time.sleep(PAUSE_SECONDS)
            os.write(terminal, to_type.pop(0)['send'].encode())
    sys.stdout.buffer.flush()
    _, status = os.waitpid(pid, 0)
    sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 124)


main()
