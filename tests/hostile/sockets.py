# tries: to open sockets that no network namespace confines (vsock reaches the hypervisor), or that expose more of the
#   kernel.
# holds: only unix, IPv4 and IPv6 sockets can be opened.
import socket

FAMILIES = {
    'vsock': 40,
    'packet': 17,
    'alg': 38,
    'key': 15,
    'tipc': 30,
    'bluetooth': 31,
    'nfc': 39,
    'can': 29,
    'xdp': 44,
    'rds': 21,
    'kcm': 41,
    'smc': 43,
    'x25': 9,
    'ax25': 3,
}
for name, family in FAMILIES.items():
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        # The kernel looks at 32 bits only: garbage in the upper half must not hide the family.
        try:
            socket.socket(family, kind)
            print('BROKEN', name, kind)
        except OSError:
            pass
for name, protocol in {'audit': 9, 'netfilter': 12, 'uevent': 15, 'generic': 16, 'xfrm': 6}.items():
    try:
        socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
        print('BROKEN netlink', name)
    except OSError:
        pass
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        socket.socket(family, socket.SOCK_RAW, 1)
        print('BROKEN raw')
    except OSError:
        pass
print('held')
