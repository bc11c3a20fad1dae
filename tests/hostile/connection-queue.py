# tries: to fill the host's memory with connections that wait to be accepted and whose clients are long gone: nobody is
#   charged for them.
# holds: the run is ended before there are many of them, or soon afterwards.
# gvisor: connections, because its kernel keeps them in the sandbox's memory.
# gvisor: ends the sandbox, because they may fill its memory.
# ends: any
import os
import socket
import time

MANY = 40_000
WORKERS = 8
until = time.monotonic() + 12
for worker in range(1, WORKERS + 1):
    if os.fork() == 0:
        listeners, count = [], 0
        while time.monotonic() < until and count < MANY // WORKERS:
            listeners.append(socket.create_server((f'127.0.{worker}.{len(listeners) + 1}', 0), backlog=4096))
            for _ in range(4000):
                client = socket.socket()
                client.settimeout(0.2)
                try:
                    client.connect(listeners[-1].getsockname())
                    count += 1
                except OSError:
                    break
                finally:
                    client.close()
        # The server looks ten times a second, and a quick machine makes them in less than three.
        time.sleep(5)
        print('BROKEN connections', count, flush=True)
        os._exit(0)
for _ in range(WORKERS):
    os.wait()
