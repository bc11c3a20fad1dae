# tries: to become another user or group, by system calls, by set-uid programs, by programs that know how.
# holds: it stays the reader, without capabilities.
import os
import shutil
import subprocess

for name, action in {
    'root': lambda: os.setuid(0), 'engine': lambda: os.setuid(1001), 'effective engine': lambda: os.seteuid(1001), 'background': lambda: os.setgid(1002),
    'saved': lambda: os.setresgid(-1, -1, 1002), 'groups': lambda: os.setgroups([1001, 1002]),
}.items():
    try:
        action()
        print('BROKEN', name)
    except OSError as error:
        print('held', name, error.strerror)
shutil.copy('/usr/bin/id', '/tmp/id')
os.chmod('/tmp/id', 0o6755)
COMMANDS = [['/tmp/id', '-u'], ['su', '-c', 'id -u'], ['mount', '-t', 'tmpfs', 'x', '/tmp'], ['unshare', '-Ur', 'id', '-u'], ['sudo', '-n', 'id', '-u'], ['newgrp', 'background']]
for command in COMMANDS:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=5)
    except OSError as error:
        print('held', command[0], error.strerror)
        continue
    broken = done.returncode == 0 and done.stdout.strip() not in (b'1000', b'')
    print('BROKEN' if broken else 'held', command, done.returncode, done.stdout, done.stderr[:80])
with open('/proc/self/status') as file:
    status = dict(line.rstrip('\n').split(':\t', 1) for line in file if ':\t' in line)
for key, expected in {'CapEff': 0, 'CapPrm': 0, 'CapInh': 0, 'CapAmb': 0, 'NoNewPrivs': 1, 'Seccomp': 2}.items():
    print('held' if int(status[key], 16) == expected else 'BROKEN', key, status[key])
print('held' if os.getresuid() + os.getresgid() == (1000,) * 6 and os.getgroups() == [] else 'BROKEN', os.getresuid(), os.getresgid(), os.getgroups())
