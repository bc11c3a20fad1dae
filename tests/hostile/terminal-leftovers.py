# tries: to leave processes behind when its terminal ends: stopped ones, ones that ignore signals, daemons, one without
#   its first thread, one that keeps the terminal open; and to stop the terminal's output.
# holds: they are killed with the terminal, which ends nevertheless.
# where: terminal
import ctypes
import os
import signal
import subprocess
import termios
import threading
import time

libc = ctypes.CDLL(None)
THREAD_EXIT = 60 if os.uname().machine == 'x86_64' else 93


def leave(doing):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            doing()
        os._exit(0)


def deaf():
    for number in range(1, 32):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_IGN)
    time.sleep(1000)


def headless():
    threading.Thread(target=time.sleep, args=(1000,)).start()
    libc.syscall(ctypes.c_long(THREAD_EXIT), ctypes.c_long(0))


leave(lambda: os.kill(os.getpid(), signal.SIGSTOP))
leave(deaf)
leave(headless)
leave(lambda: os.execvp('sleep', ['sleep', '1000']))
subprocess.Popen(['nohup', 'sleep', '1000'])
time.sleep(0.3)
print('held', flush=True)
try:
    termios.tcflow(1, termios.TCOOFF)
except termios.error:
    print('gVisor stops no output')
if os.fork() == 0:
    os.write(1, b'nobody will read this' * 100)
