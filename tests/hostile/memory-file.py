# tries: to take all memory by files that exist in memory alone.
# holds: they count; the kernel ends this program.
# gvisor: ends the sandbox, for all its processes are one to the host's kernel, which ends that.
# ends: any
# timeoutMs: 20000
import os

files = []
while True:
    fd = os.memfd_create('x')
    files.append(fd)
    os.write(fd, b'x' * (8 << 20))
