# tries: to take all memory by files that exist in memory alone.
# holds: they count; the kernel ends this program.
# gvisor: ends the sandbox, for all its processes are one to the host's kernel, which ends that.
# kernel: ends the sandbox, for the files of a program that it ended are given back milliseconds later than the
#   program's own memory, and meanwhile it looks for the next to end.
# ends: any
# timeoutMs: 20000
import os

files = []
while True:
    fd = os.memfd_create('x')
    files.append(fd)
    os.write(fd, b'x' * (8 << 20))
