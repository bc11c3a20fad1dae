# tries: to use all memory with twenty processes, so that the kernel ends some other process.
# holds: only processes of the reader are ended.
# gvisor: ends the sandbox, because to the host's kernel all its processes are one, which the kernel ends.
# ends: any
# timeoutMs: 20000
import os

for _ in range(20):
    if os.fork() == 0:
        break
hoard = []
while True:
    hoard.append(bytearray(1 << 20))
