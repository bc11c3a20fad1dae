# tries: to fill the host's memory with what the kernel keeps for programs: pipes, timers, signals, watched events,
#   maps, names, locks, …
# holds: the kernel charges for each kind, or keeps only a few. (The test checks the host's memory.)
# ends: any
# timeoutMs: 60000
# gvisor: ends the sandbox, because its kernel keeps all of it in the sandbox's memory.
import array
import ctypes
import fcntl
import mmap
import os
import select
import signal
import socket
import struct
import time

libc = ctypes.CDLL(None, use_errno=True)
MAP_NORESERVE = 0x4000  # Python has a name for it from 3.11 on
kept = []


def pipes():
    read, write = os.pipe()
    kept.append((read, write))
    os.set_blocking(write, False)
    while os.write(write, bytes(mmap.PAGESIZE)):
        pass


def epolls():
    kept.append(select.epoll())
    for watched in kept[-100:]:
        kept[-1].register(watched, select.EPOLLIN)


def timers():
    event = struct.pack('qii48x', 0, 34, 0)
    if libc.syscall(
        ctypes.c_long(222 if os.uname().machine == 'x86_64' else 107),
        ctypes.c_long(1),
        event,
        ctypes.create_string_buffer(4),
    ):
        raise OSError


def timer_descriptors():
    if libc.timerfd_create(1, 0) < 0:
        raise OSError


def signals():
    signal.pthread_sigmask(signal.SIG_BLOCK, range(34, 64))
    if libc.sigqueue(os.getpid(), 40, None):
        raise OSError


def maps():
    area = mmap.mmap(-1, mmap.PAGESIZE * 2000)
    start = ctypes.addressof(ctypes.c_char.from_buffer(area))
    kept.append(area)
    for page in range(1, 2000, 2):
        at = start + mmap.PAGESIZE * page
        libc.prctl(
            0x53564D41, ctypes.c_long(0), ctypes.c_long(at), ctypes.c_long(mmap.PAGESIZE), f'{page}{"n" * 70}'.encode()
        )
        if libc.mprotect(ctypes.c_void_p(at), mmap.PAGESIZE, 0):
            raise OSError


def page_tables():
    area = mmap.mmap(-1, 1 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | MAP_NORESERVE)
    kept.append(area)
    for start in range(0, 1 << 30, 1 << 21):
        area[start]


def memory_files():
    kept.append(os.memfd_create('n' * 200))


def attributes():
    os.setxattr('/home/reader', f'user.{len(kept)}', bytes(60_000))
    kept.append(None)


def descriptors_under_way():
    pair = socket.socketpair()
    kept.append(pair)
    while True:
        files = [os.eventfd(0) for _ in range(20)]
        try:
            pair[0].sendmsg(
                [b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', files))], socket.MSG_DONTWAIT
            )
        finally:
            for file in files:
                os.close(file)


def datagrams():
    pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    kept.append(pair)
    pair[0].setblocking(False)
    while pair[0].send(b'x'):
        pass


def shared_memory():
    if libc.shmget(0, 4096, 0o1600) < 0 or libc.semget(0, 250, 0o1600) < 0:
        raise OSError


def closed_connections():
    with socket.create_server((f'127.0.0.{len(kept) % 250 + 1}', 0)) as server:
        kept.append(None)
        for _ in range(200):
            client = socket.create_connection(server.getsockname())
            server.accept()[0].close()
            client.close()


def abandoned_connections():
    with socket.create_server((f'127.0.1.{len(kept) % 250 + 1}', 0)) as server:
        client = socket.create_connection(server.getsockname())
        kept.append(client)
        end = server.accept()[0]
        end.setblocking(False)
        try:
            end.send(bytes(1 << 20))
        finally:
            end.close()


def absent_names():
    for folder in ('/usr/lib/', '/proc/', '/tmp/', '/dev/'):
        kept.append(os.path.exists(f'{folder}{os.getpid()}-{len(kept)}{"n" * 200}'))


def process_files():
    kept.append(open('/proc/self/maps', 'rb', buffering=0))
    kept[-1].read(100)


def locks():
    with open('own', 'w') as own:
        for place in range(0, 10_000, 2):
            fcntl.fcntl(own, fcntl.F_SETLK, struct.pack('hhqqi4x', fcntl.F_WRLCK, 0, place, 1, 0))
        raise OSError


KINDS = [
    pipes,
    epolls,
    timers,
    timer_descriptors,
    signals,
    maps,
    page_tables,
    memory_files,
    attributes,
    descriptors_under_way,
    datagrams,
    shared_memory,
    closed_connections,
    abandoned_connections,
    absent_names,
    process_files,
    locks,
]
WORKERS = 10
for kind in KINDS:
    for _ in range(WORKERS):
        if os.fork() == 0:
            until, refused = time.monotonic() + 1, 0
            while time.monotonic() < until and refused < 50:
                try:
                    kind()
                except (OSError, ValueError):
                    refused += 1
            time.sleep(0.5)
            os._exit(0)
    for _ in range(WORKERS):
        os.wait()
print('held if the host says so')
