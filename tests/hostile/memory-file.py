# tries: to use all memory with files that exist only in memory.
# holds: these files count as memory; the kernel ends this program.
# gvisor: ends the sandbox, because to the host's kernel all its processes are one, which the kernel ends.
# kernel: ends the sandbox, because the kernel frees the files of a program that it ended milliseconds after the
#   program's own memory, and may choose the next one meanwhile.
# ends: any
# timeoutMs: 20000
import os

files = []
while True:
    fd = os.memfd_create('x')
    files.append(fd)
    os.write(fd, b'x' * (8 << 20))
