# tries: to outlive its terminal by never existing when somebody looks: each process starts the next and ends.
# holds: when the terminal is closed, nothing of the program is left.
# where: terminal
# ends: timeout
# timeoutMs: 1500
import os

# A few of them, and one that stays: when that one ends, so does the terminal.
for _ in range(8):
    if os.fork() == 0:
        os.setsid()
        while True:
            try:
                if os.fork():
                    os._exit(0)
            except OSError:
                pass
while True:
    try:
        os.wait()
    except ChildProcessError:
        pass
