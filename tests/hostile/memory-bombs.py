# tries: to take all memory with twenty processes, so that the kernel's choice falls on somebody else.
# holds: only processes of the reader are ended.
# gvisor: ends the sandbox, for all its processes are one to the host's kernel, which ends that.
# ends: any
# timeoutMs: 20000
import os

for _ in range(20):
    if os.fork() == 0:
        break
hoard = []
while True:
    hoard.append(bytearray(1 << 20))
