# tries: to outlive its terminal with endless daemons, each in a session of its own.
# holds: the engine and the other terminal answer meanwhile; when the terminal is closed, nothing of the program is
#   left. Before that, the kernel's stacks for ended processes may fill the sandbox's memory.
# gvisor: ends the sandbox, because what its kernel keeps of ended processes counts as the sandbox's memory, and fills
#   it.
# where: terminal
# ends: any
# timeoutMs: 2000
import os
import signal

for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
    signal.signal(number, signal.SIG_IGN)
while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        pass
