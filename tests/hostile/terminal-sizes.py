# tries: to waste the kernel's and the agent's time with sizes and modes that change endlessly, in both terminals.
# holds: the engine answers meanwhile, and nothing of the program is left.
# where: terminal
# ends: timeout
# timeoutMs: 1500
import fcntl
import os
import struct
import termios

ends = [os.open(f'/dev/pts/{name}', os.O_RDWR | os.O_NOCTTY) for name in os.listdir('/dev/pts') if name.isdigit()]
modes = termios.tcgetattr(0)
count = 0
while True:
    count += 1
    for end in ends:
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack('HHHH', count % 65536, 65535 - count % 65536, 0, 0))
    modes[3] ^= termios.ICANON | termios.ECHO
    termios.tcsetattr(0, termios.TCSANOW, modes)
