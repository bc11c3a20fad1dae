# tries: to leave sockets behind, and what they keep: two pairs of local sockets are sent through each other, and others
#   with them, so that none is closed when the last process ends.
# holds: nothing is left after the run. (The test counts.)
import socket

first, second = socket.socketpair(), socket.socketpair()
socket.send_fds(first[0], [b'x'], [end.fileno() for end in second])
socket.send_fds(second[0], [b'x'], [end.fileno() for end in first])
for _ in range(40):
    with socket.create_server(('127.0.0.1', 0)) as server:
        ends = socket.create_connection(server.getsockname()), server.accept()[0]
    ends[0].send(b'x' * 1000)
    try:
        socket.send_fds(first[0], [b'x'], [end.fileno() for end in ends])
    except OSError:
        break
    for end in ends:
        end.close()
print('held if nothing is left')
