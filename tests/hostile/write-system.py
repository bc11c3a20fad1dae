# tries: to change what is shared with other containers, or the kernel's settings.
# holds: none of it can be written; what would reveal something about the host is the null device, which everybody may
#   write to.
import os
import stat

OPENED = [
    '/proc/sys/kernel/core_pattern',
    '/proc/sys/vm/drop_caches',
    '/proc/sys/kernel/hostname',
    '/proc/sys/kernel/shmall',
    '/proc/1/oom_score_adj',
    '/proc/1/mem',
    '/proc/self/uid_map',
    '/proc/sysrq-trigger',
    '/proc/keys',
    '/proc/timer_list',
    '/proc/kallsyms',
    '/proc/interrupts',
    '/proc/modules',
    '/etc/passwd',
    '/etc/hosts',
    '/usr/bin/env',
    '/opt/agent/agent.py',
    '/opt/bin/python',
    '/dev/kmsg',
]
CREATED = [
    '/x',
    '/usr/x',
    '/usr/local/x',
    '/etc/x',
    '/run/x',
    '/run/engine/x',
    '/dev/x',
    '/opt/x',
    '/opt/agent/x.py',
    '/opt/packages/x',
    '/var/x',
    '/var/lib/x',
    '/home/x',
    '/root/x',
    '/proc/x',
]


def content(path):
    """Returns what can be read there; None when nothing can."""
    try:
        with open(path, 'rb') as file:
            return file.read(4096)
    except OSError:
        return None


def is_null(fd):
    """Returns whether this is /dev/null, by whatever name it was opened."""
    found = os.fstat(fd)
    return stat.S_ISCHR(found.st_mode) and found.st_rdev == os.makedev(1, 3)


def write(path, flags):
    """Tries to write, and returns what happened."""
    before = content(path)
    fd = os.open(path, os.O_WRONLY | flags)
    try:
        if is_null(fd):
            return 'held', 'the null device'
        os.write(fd, b'2' if before == b'1\n' else b'1')
    finally:
        os.close(fd)
    # A setting counts as changed when it reads back so; for anything else a successful write is bad enough.
    if path.startswith('/proc/sys/') and before is not None and content(path) == before:
        return 'held', 'it stayed as it was'
    return 'BROKEN', 'written'


for path in OPENED + CREATED:
    try:
        verdict, why = write(path, os.O_CREAT if path in CREATED else 0)
    except OSError as error:
        verdict, why = 'held', error.strerror
    print(verdict, path, why)
for action, name in (
    (lambda: os.link('/usr/bin/env', '/home/reader/env'), 'hard link'),
    (lambda: os.rename('/opt/agent', '/opt/b'), 'rename'),
    (lambda: os.chmod('/tmp', 0o700), 'chmod'),
):
    try:
        action()
        print('BROKEN', name)
    except OSError as error:
        print('held', name, error.strerror)
