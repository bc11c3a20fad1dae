# tries: to reach servers of the host: a TCP port on its loopback (argument 1), an abstract unix socket (argument 2).
# holds: neither can be reached; the only interface is lo, and there is no route.
# arguments: host-port host-socket
import socket
import sys


def attempt(name, family, address):
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.settimeout(2)
    try:
        sock.connect(address)
        print('BROKEN', name)
    except OSError as error:
        print('held', name, error)


attempt('TCP to the host', socket.AF_INET, ('127.0.0.1', int(sys.argv[1])))
attempt('unix to the host', socket.AF_UNIX, '\0' + sys.argv[2])
interfaces = [line.split(':')[0].strip() for line in open('/proc/net/dev').readlines()[2:]]
print('held' if interfaces == ['lo'] else 'BROKEN', interfaces)
try:
    with open('/proc/net/route') as file:
        routes = file.read().split('\n')[1:]
except OSError:  # a kernel without routes
    routes = []
print('held' if not any(routes) else 'BROKEN', routes)
