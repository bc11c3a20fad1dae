# tries: to change what is shared with other containers, or the kernel's settings.
# holds: none of it can be written.
import os

OPENED = [
    '/proc/sys/kernel/core_pattern', '/proc/sys/vm/drop_caches', '/proc/sys/kernel/hostname', '/proc/sys/kernel/shmall', '/proc/sysrq-trigger',
    '/proc/1/oom_score_adj', '/proc/1/mem', '/proc/self/uid_map', '/etc/passwd', '/etc/hosts', '/usr/bin/env', '/opt/agent/agent.py', '/opt/bin/python', '/dev/kmsg',
]
CREATED = ['/x', '/usr/x', '/usr/local/x', '/etc/x', '/run/x', '/run/engine/x', '/dev/x', '/opt/x', '/opt/agent/x.py', '/opt/packages/x', '/var/x', '/var/lib/x', '/home/x', '/root/x', '/proc/x']
for path in OPENED + CREATED:
    try:
        fd = os.open(path, os.O_WRONLY | (os.O_CREAT if path in CREATED else 0))
        os.write(fd, b'1')
        print('BROKEN', path)
    except OSError as error:
        print('held', path, error.strerror)
for action, name in ((lambda: os.link('/usr/bin/env', '/home/reader/env'), 'hard link'), (lambda: os.rename('/opt/agent', '/opt/b'), 'rename'), (lambda: os.chmod('/tmp', 0o700), 'chmod')):
    try:
        action()
        print('BROKEN', name)
    except OSError as error:
        print('held', name, error.strerror)
