# tries: to outrun what kills it, with daemons that leave their parent and their session.
# holds: the engine still answers; nothing of the program is left after the time limit, or after the kernel's stacks for
#   ended processes have filled the sandbox's memory (seen: 215 MB of them).
# gvisor: ends the sandbox, because what its kernel keeps of ended processes counts as the sandbox's memory, and fills
#   it.
# ends: any
# timeoutMs: 2000
import os

while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        pass
