# tries: to fill memory with System V segments, which outlive the process that made them.
# holds: all of them together stay below 16 MiB, and there are no message queues.
# gvisor: shared memory, because it has limits of its own; it counts as the sandbox's memory.
import ctypes

libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
MIB = 1 << 20
count = 0
while count < 40:
    segment = libc.shmget(0, MIB, 0o1600)
    if segment < 0:
        break
    address = libc.shmat(segment, 0, 0)
    if address == ctypes.c_void_p(-1).value:
        break
    ctypes.memset(address, 1, MIB)
    count += 1
print('BROKEN' if count > 16 else 'held', 'shared memory:', count, 'MiB')
print('BROKEN' if libc.msgget(0, 0o1600) >= 0 else 'held', 'message queues')
