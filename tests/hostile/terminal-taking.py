# tries: to create pseudo-terminals, as many as the host allows, and to take over the sandbox's other terminal.
# holds: it can create none. It can open the other one, which belongs to the same reader, but cannot take its signals or
#   its keys.
# gvisor: new ones, because there everybody may create them; they count as the sandbox's memory.
# where: terminal
import fcntl
import os
import pty
import signal
import struct
import termios

kept = []
for _ in range(50):
    for path in ('/dev/ptmx', '/dev/pts/ptmx'):
        try:
            kept.append(os.open(path, os.O_RDWR | os.O_NOCTTY))
        except OSError:
            pass
try:
    kept += pty.openpty()
except OSError:
    pass
print('BROKEN new ones' if kept else 'held new ones', len(kept))
for path in ('/dev/pts/ptmx', '/dev/pts', '/dev/ptmx'):
    try:
        os.chmod(path, 0o666)
        print('BROKEN chmod', path)
    except OSError as error:
        print('held', path, error.strerror)
own = os.ttyname(0)
others = [f'/dev/pts/{name}' for name in os.listdir('/dev/pts') if name.isdigit() and f'/dev/pts/{name}' != own]
print('held' if others else 'BROKEN', 'there is another one')


def refused(what, action):
    try:
        action()
        print('BROKEN', what)
    except OSError as error:
        print('held', what, error.strerror)


for path in others if not kept else others[:1]:
    fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
    refused('its foreground', lambda: os.tcsetpgrp(fd, os.getpgrp()))
    refused('its session', lambda: fcntl.ioctl(fd, termios.TIOCSCTTY, 1))
    refused('its input', lambda: fcntl.ioctl(fd, termios.TIOCSTI, b'x'))
    refused('its signal', lambda: fcntl.ioctl(fd, 0x40045436, signal.SIGKILL))
    if os.fork() == 0:
        os.setsid()
        again = os.open(path, os.O_RDWR)
        refused('as its leader', lambda: os.tcgetpgrp(again))
        refused('/dev/tty', lambda: os.open('/dev/tty', os.O_RDWR))
        os._exit(0)
    os.wait()
    # Messages about its own state must not stop it.
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 65535, 65535, 65535, 65535))
