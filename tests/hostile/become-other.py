# tries: to become another user or group: by system calls, by set-uid programs, by programs made for the purpose.
# holds: it stays the reader, without capabilities.
import ctypes
import os
import shutil
import subprocess

PR_GET_NO_NEW_PRIVS = 39

for name, action in {
    'root': lambda: os.setuid(0),
    'engine': lambda: os.setuid(1001),
    'effective engine': lambda: os.seteuid(1001),
    'background': lambda: os.setgid(1002),
    'saved': lambda: os.setresgid(-1, -1, 1002),
    'groups': lambda: os.setgroups([1001, 1002]),
}.items():
    try:
        action()
        print('BROKEN', name)
    except OSError as error:
        print('held', name, error.strerror)
shutil.copy('/usr/bin/id', '/tmp/id')
os.chmod('/tmp/id', 0o6755)
COMMANDS = [
    '/tmp/id -u',
    'su -c "id -u"',
    'mount -t tmpfs x /tmp && echo mounted',
    'unshare -Ur id -u',
    'sudo -n id -u',
    'sg background -c "id -G"',
]
for command in COMMANDS:
    try:
        done = subprocess.run(
            command, shell=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=5, check=False
        )
    except subprocess.TimeoutExpired:
        print('held', command, 'says nothing')
        continue
    # By what it says, not by its exit code.
    print(
        'held' if done.stdout.removeprefix(b'Password: ').strip() in (b'1000', b'') else 'BROKEN',
        command,
        done.returncode,
        done.stdout,
        done.stderr[:80],
    )
with open('/proc/self/status') as file:
    status = dict(line.rstrip('\n').split(':\t', 1) for line in file if ':\t' in line)
for key in ('CapEff', 'CapPrm', 'CapInh'):  # ambient ones are among these
    print('held' if int(status.get(key, 'f'), 16) == 0 else 'BROKEN', key, status.get(key))
print('held' if status.get('Seccomp') == '2' else 'BROKEN', 'Seccomp', status.get('Seccomp'))
# Not every kernel has a field for it.
print('held' if ctypes.CDLL(None).prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 else 'BROKEN', 'new privileges')
print(
    'held' if os.getresuid() + os.getresgid() == (1000,) * 6 and os.getgroups() == [] else 'BROKEN',
    os.getresuid(),
    os.getresgid(),
    os.getgroups(),
)
