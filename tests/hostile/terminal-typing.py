# tries: to type into a terminal as if it were the user, to take the console, to load line disciplines, to hang up, lock
#   and unlock terminals.
# holds: each is refused, even with garbage in the half of the request that the kernel ignores; nothing was typed.
# where: terminal
import ctypes
import fcntl
import os
import select
import struct
import termios
import tty

libc = ctypes.CDLL(None, use_errno=True)
IOCTL = 16 if os.uname().machine == 'x86_64' else 29
letter, number = ctypes.create_string_buffer(b'x'), ctypes.create_string_buffer(struct.pack('i', 0), 64)
selection = ctypes.create_string_buffer(b'\x03' + bytes(63), 64)
REQUESTS = {
    'TIOCSTI': (0x5412, letter),
    'TIOCLINUX': (0x541C, selection),
    'TIOCCONS': (0x541D, None),
    'TIOCSETD': (0x5423, number),
    'TIOCGETD': (0x5424, number),
    'TIOCSCTTY': (0x540E, 0),
    'TIOCSCTTY stealing': (0x540E, 1),
    'TIOCNOTTY': (0x5422, None),
    'TIOCVHANGUP': (0x5437, None),
    'TIOCEXCL': (0x540C, None),
    'TIOCNXCL': (0x540D, None),
    'TIOCSPTLCK': (0x40045431, number),
    'TIOCGPTPEER': (0x5441, os.O_RDWR),
    'TIOCPKT': (0x5420, number),
    'TIOCSIG': (0x40045436, 9),
    'TIOCSSERIAL': (0x541F, number),
    'TIOCMSET': (0x5418, number),
    'TIOCSLCKTRMIOS': (0x5457, number),
    'TCSETX': (0x5433, number),
    'KDSETMODE': (0x4B3A, 1),
    'KDSKBENT': (0x4B47, number),
    'VT_ACTIVATE': (0x5606, 1),
    'VT_LOCKSWITCH': (0x560B, 1),
    'TIOCGDEV': (0x80045432, number),
}
tty.setraw(0, termios.TCSANOW)
ends = [0, os.open(os.ttyname(0), os.O_RDWR)]
try:
    ends.append(os.open('/dev/tty', os.O_RDWR))
except OSError:
    print('gVisor opens it for nobody', end='\r\n')
for what, (request, argument) in REQUESTS.items():
    for high in (0, 1 << 32):
        words = [argument if not isinstance(argument, int) else ctypes.c_long(argument)]
        answers = [
            libc.syscall(ctypes.c_long(IOCTL), ctypes.c_long(end), ctypes.c_long(high | request), *words)
            for end in ends
        ]
        print('held' if set(answers) == {-1} else 'BROKEN', what, hex(high), end='\r\n')
print('BROKEN: something was typed' if select.select([0], [], [], 0.2)[0] else 'held: nothing was typed', end='\r\n')
size = struct.pack('HHHH', 43, 132, 0, 0)
fcntl.ioctl(0, termios.TIOCSWINSZ, size)
print(
    'held' if os.get_terminal_size() == (132, 43) and os.tcgetpgrp(0) == os.getpgrp() else 'BROKEN',
    'what programs commonly ask works',
    end='\r\n',
)
