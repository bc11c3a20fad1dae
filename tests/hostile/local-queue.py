# tries: the same as connection-queue.py with local sockets: nobody is charged for about half of what waiting
#   connections take.
# holds: the run is ended before there are many of them, or soon afterwards.
# gvisor: connections, because its kernel keeps them in the sandbox's memory.
# gvisor: ends the sandbox, because they may fill its memory.
# ends: any
import os
import socket
import time

MANY = 40_000
WORKERS = 8
for worker in range(WORKERS):
    if os.fork() == 0:
        listeners, count = [], 0
        while count < MANY // WORKERS:
            listeners.append(socket.socket(socket.AF_UNIX))
            listeners[-1].bind(f'\0queue-{worker}-{len(listeners)}')
            listeners[-1].listen(4096)
            for _ in range(4096):
                client = socket.socket(socket.AF_UNIX)
                client.setblocking(False)
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
