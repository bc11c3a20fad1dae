# tries: to use up open files.
# holds: a program gets at most 256, and cannot raise this limit.
import os
import resource

opened = 0
try:
    while opened < 5000:
        os.open('/dev/null', os.O_RDONLY)
        opened += 1
except OSError:
    pass
print('held' if 0 < opened <= 256 else 'BROKEN', 'open files:', opened)
try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    print('BROKEN raised')
except (OSError, ValueError) as error:
    print('held', error)
