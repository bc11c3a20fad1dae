# tries: to hold up or mislead the server where it writes and reads: pipes, sockets, endless devices, links to them and
#   to itself, files without rights or with holes, folders where files should be, and files where folders should be.
# holds: each attempt is refused, or done, at once.
# written: ["pipe", "socket", "zero", "loop", "dangling", "memory", "tty", "closed/x", "unreadable", "hole", "folder",
#   "file/x", "up/x", "deep/x", "closed-file", "target", "engine", "agent", "/tmp/pipe", "/tmp/../etc/x",
#   "/proc/self/environ"]
import errno
import os
import shutil
import socket
import time

with open('/tmp/target', 'w') as file:
    file.write('as it was')
plants = {
    'pipe': os.mkfifo,
    '/tmp/pipe': os.mkfifo,
    'socket': lambda path: socket.socket(socket.AF_UNIX).bind(path),
    'zero': lambda path: os.symlink('/dev/zero', path),
    'loop': lambda path: os.symlink('loop', path),
    'dangling': lambda path: os.symlink('/tmp/none', path),
    'memory': lambda path: os.symlink('/proc/1/mem', path),
    'tty': lambda path: os.symlink('/dev/tty', path),
    'closed': lambda path: os.mkdir(path, 0),
    'unreadable': lambda path: os.close(os.open(path, os.O_CREAT, 0)),
    'hole': lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 30 << 20),
    'folder': os.mkdir,
    'file': lambda path: os.close(os.open(path, os.O_CREAT)),
    'up': lambda path: os.symlink('..', path),
    'deep': lambda path: os.symlink('/tmp', path),
    'closed-file': lambda path: os.close(os.open(path, os.O_CREAT, 0o400)),
    'engine': lambda path: os.symlink('/run/engine/secret', path),
    'agent': lambda path: os.symlink('/opt/agent/agent.py', path),
    'target': lambda path: os.symlink('/tmp/target', path),
}
for path, plant in plants.items():
    while not os.path.lexists(path) or (os.path.isfile(path) and not os.path.islink(path)) or os.path.isdir(path):
        # The server may have been quicker.
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.lexists(path):
            os.remove(path)
        try:
            plant(path)
            break
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.EADDRINUSE):
                raise
time.sleep(0.8)
print('held' if not os.path.exists('/tmp/none') else 'BROKEN', 'dangling')
print('held' if not os.path.exists('/tmp/x') else 'BROKEN', 'a folder that is a link')
with open('/tmp/target') as file:
    print('held' if file.read() == 'as it was' else 'BROKEN', 'the target')
