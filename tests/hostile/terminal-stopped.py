# tries: to keep its terminal for ever: its output is stopped, everything in it ignores the hang-up, a background
#   program waits to write, and another reads in competition with the shell.
# holds: when the terminal is closed, nothing of it is left, and the other terminal was never held up.
# where: terminal
# ends: timeout
# timeoutMs: 2000
import os
import signal
import termios
import time

for number in (
    signal.SIGHUP,
    signal.SIGTERM,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGTTOU,
    signal.SIGTTIN,
    signal.SIGPIPE,
):
    signal.signal(number, signal.SIG_IGN)
mode = termios.tcgetattr(0)
mode[0] |= termios.IXON | termios.IXOFF | termios.IXANY
mode[3] |= termios.TOSTOP
termios.tcsetattr(0, termios.TCSANOW, mode)
for number in range(6):
    if os.fork() == 0:
        if number % 2:
            os.setpgid(0, 0)
        while True:
            try:
                if number < 3:
                    os.write(1, b'\x13' * 4096)
                else:
                    os.read(0, 1)
            except OSError:
                time.sleep(0.01)
termios.tcflow(1, termios.TCOOFF)
while True:
    time.sleep(1)
