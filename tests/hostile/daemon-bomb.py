# tries: to outrun what kills it, with daemons that leave their parent and their session.
# holds: the engine still answers; nothing of the program is left after the time limit.
# gvisor: ends the sandbox, because what its kernel keeps of ended processes counts as the sandbox's memory, and fills
#   it.
# ends: timeout
# timeoutMs: 2000
import os

while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        pass
