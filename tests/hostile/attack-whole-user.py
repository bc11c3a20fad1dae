# tries: to slow down every process of the reader's user at once, and with them the agent while it has that uid.
# holds: a program can lower only its own priority, even with garbage in the half of an argument that the kernel
#   ignores.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SETPRIORITY, IOPRIO_SET = (141, 251) if os.uname().machine == 'x86_64' else (140, 30)
HIGH, IDLE = 1 << 32, 3 << 13
for name, arguments in {
    'group': (SETPRIORITY, 1, 0, 19),
    'user': (SETPRIORITY, 2, 0, 19),
    'user high': (SETPRIORITY, HIGH | 2, 0, 19),
    'user by id': (SETPRIORITY, 2, 1000, 19),
    'io of group': (IOPRIO_SET, 2, 0, IDLE),
    'io of user': (IOPRIO_SET, 3, 0, IDLE),
    'io of user high': (IOPRIO_SET, HIGH | 3, HIGH, IDLE),
}.items():
    result = libc.syscall(*(ctypes.c_long(argument) for argument in arguments))
    print('held' if result == -1 else 'BROKEN', name)
os.setpriority(os.PRIO_PROCESS, 0, 19)
print('held' if os.getpriority(os.PRIO_PROCESS, 0) == 19 else 'BROKEN', 'itself')
