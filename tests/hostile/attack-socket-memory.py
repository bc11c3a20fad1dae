# tries: to fill the host's memory with the buffers of loopback connections, which the kernel may charge to nobody.
# holds: all connections together buffer less than the sandbox's memory limit.
# gvisor: ends the sandbox, because its kernel's buffers count as the sandbox's memory, and fill it.
# ends: any
import os
import socket
import time

BLOCK = bytes(65_000)
LIMIT = 300 << 20

out, inn = os.pipe()
for _ in range(12):
    if os.fork() == 0:
        kept, sent = [], 0
        try:
            while len(kept) < 80:
                listener = socket.create_server(('127.0.0.1', 0))
                kept.append(socket.create_connection(listener.getsockname(), 1))
                kept.append(listener.accept()[0])
                listener.close()
                for end in kept[-2:]:
                    end.setblocking(False)
                    try:
                        while True:
                            sent += end.send(BLOCK)
                    except BlockingIOError:
                        pass
        except OSError:
            pass
        os.write(inn, f'{sent}\n'.encode())
        time.sleep(20)
        os._exit(0)
os.close(inn)
end = time.monotonic() + 12
os.set_blocking(out, False)
text = b''
while text.count(b'\n') < 12 and time.monotonic() < end:
    try:
        text += os.read(out, 4096)
    except BlockingIOError:
        time.sleep(0.05)
total = sum(map(int, text.split()))
print('held' if total < LIMIT else 'BROKEN', total >> 20, 'MiB buffered')
