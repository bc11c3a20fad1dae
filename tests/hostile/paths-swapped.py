# tries: to make the server write and read elsewhere than it means to: while it does, folders and files become symbolic
#   links, pipes, other folders, and files again, all the time.
# holds: what the server writes is nowhere else, and what it reads is nothing else; each attempt is refused, or done.
# written: ["a/b/step.py", "certs/ca.crt", "a/x.txt"]
import os
import shutil
import time

OUTSIDE = '/var/tmp/outside'
os.makedirs(OUTSIDE + '/b')
os.makedirs('/tmp/else/b')
for path in (OUTSIDE + '/secret', '/tmp/secret'):
    with open(path, 'w') as file:
        file.write('secret of another place')


def remove(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.lexists(path):
        os.unlink(path)


def replace(path: str, number: int) -> None:
    remove(path)
    match number % 7:
        case 0:
            os.makedirs(path)
        case 1:
            os.symlink(OUTSIDE, path)
        case 2:
            os.mkfifo(path)
        case 3:
            os.symlink('/etc/passwd', path)
        case 4:
            os.symlink(OUTSIDE + '/secret', path)
        case 5:
            os.link('/tmp/secret', path) if path.startswith('/tmp') else os.symlink('/proc/self/fd/1', path)
        case 6:
            os.symlink('/run/engine/secret', path)


until, number = time.monotonic() + 1.5, 0
while time.monotonic() < until:
    for path in ('a', 'a/b', 'a/b/step.py', 'certs', 'certs/ca.crt', 'a/x.txt'):
        number += 1
        try:
            replace(path, number + number // 7)
        except OSError:
            pass
# This program itself makes everything else there, through its own links.
files = [os.path.join(folder, name) for folder, _, names in os.walk(OUTSIDE) for name in names]
regular = [path for path in files if os.path.isfile(path) and not os.path.islink(path)]
print('held' if regular == [OUTSIDE + '/secret'] else 'BROKEN', 'outside', regular)
with open(OUTSIDE + '/secret') as file:
    print('held' if file.read() == 'secret of another place' else 'BROKEN', 'the secret')
