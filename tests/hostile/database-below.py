# tries: to reach the database's own files and sockets next to the SQL port: its data, journal, temporary files, the
#   unix socket of what is below it, other ports.
# holds: none can be entered, and nothing listens but SQL and the console.
# cluster: insecure
import os
import socket

for place in ('/var/lib/standin', '/var/lib/standin/data', '/run/engine', '/var/lib/overlay', '/var/lib/lower'):
    for name in ('', 'data', 'data/.s.PGSQL.5432', 'data/reserve', 'data/base', 'journal', 'journal/pg_wal', 'upper'):
        path = os.path.join(place, name)
        for what, attempt in (
            ('listed', lambda path=path: os.listdir(path)),
            ('written', lambda path=path: open(os.path.join(path, 'mine'), 'w')),
            ('removed', lambda path=path: os.rmdir(path)),
            ('linked', lambda path=path: os.symlink('/tmp', os.path.join(path, 'link'))),
            ('entered', lambda path=path: os.chdir(os.path.join(path, 'base'))),
        ):
            try:
                result = attempt()
            except OSError:
                continue
            # Mount points, and in them the folder whose content is closed.
            if not (what == 'listed' and result in (['data'], ['upper', 'work'], ['work', 'upper'])):
                print('BROKEN', what, path, result)
with open('/proc/net/unix') as file:
    paths = [line.split()[-1] for line in file.readlines()[1:] if len(line.split()) > 7]
for path in paths:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect('\0' + path[1:] if path.startswith('@') else path)
            print('BROKEN connected to', path)
        except OSError as error:
            print('held', path, error.strerror)
ports = set()
for port in range(1, 65536):
    with socket.socket() as client:
        if client.connect_ex(('127.0.0.1', port)) == 0 and client.getsockname() != client.getpeername():
            ports.add(port)
print('held' if ports <= {26257, 8080} and 26257 in ports else 'BROKEN', 'ports', sorted(ports))
