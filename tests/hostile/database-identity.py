# tries: to log in to a secure cluster as somebody else: without encryption, without a certificate, with one of another
#   authority, with one that names somebody else, with guessed passwords, with old versions of TLS.
# holds: nobody gets in but root with root's certificate.
# cluster: secure
# timeoutMs: 30000
import os
import socket
import ssl
import struct
import subprocess

import psycopg2

PLACE = 'host=localhost port=26257 dbname=defaultdb connect_timeout=5 '
CERTS = 'certs/'
ROOT = f'sslcert={CERTS}client.root.crt sslkey={CERTS}client.root.key sslrootcert={CERTS}ca.crt '


def make(*arguments: str) -> None:
    command = ['cockroach', 'cert', *arguments, '--certs-dir=/tmp/other', '--ca-key=/tmp/other.key']
    subprocess.run(command, check=True, capture_output=True)


make('create-ca')
for user in ('root', 'node', 'mallory'):
    make('create-client', user)
OTHER = 'sslcert=/tmp/other/client.{0}.crt sslkey=/tmp/other/client.{0}.key sslrootcert=certs/ca.crt '
ATTEMPTS = [
    'user=root sslmode=disable',
    'user=root sslmode=require sslcert=/none sslkey=/none',
    'user=root password=root sslmode=require sslcert=/none sslkey=/none',
    *(f'user={user} sslmode=require {OTHER.format(user)}' for user in ('root', 'node', 'mallory')),
    *(
        f'user={user} sslmode=verify-full {ROOT}'
        for user in ('node', 'admin', 'public', 'postgres', 'standin', 'ROOT2')
    ),
    f"user='root ' sslmode=verify-full {ROOT} options='-c role=postgres'",
    *(f'user=mallory password={word} sslmode=require sslcert=/none sslkey=/none' for word in ('', 'x', 'mallory')),
]
with psycopg2.connect(PLACE + 'user=root sslmode=verify-full ' + ROOT) as connection:
    connection.cursor().execute('CREATE USER mallory')
for attempt in ATTEMPTS:
    try:
        connection = psycopg2.connect(PLACE + attempt)
    except psycopg2.Error:
        print('held', attempt[:60])
        continue
    cursor = connection.cursor()
    cursor.execute('SELECT current_user')
    (user,) = cursor.fetchone() or ('nobody',)
    # A space at the end may be taken for none: root's certificate is root's.
    print('held' if user == 'root' and attempt.startswith("user='root") else 'BROKEN', attempt, user)


def shakes_hands(version: ssl.TLSVersion) -> bool:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        context.set_ciphers('ALL:@SECLEVEL=0')
        context.minimum_version = context.maximum_version = version
        with socket.create_connection(('localhost', 26257), timeout=5) as raw:
            raw.sendall(struct.pack('!ii', 8, 80877103))
            return raw.recv(1) == b'S' and context.wrap_socket(raw).version() is not None
    except (OSError, ValueError):
        return False


for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
    print('BROKEN' if shakes_hands(version) else 'held', version.name)
print('held' if shakes_hands(ssl.TLSVersion.TLSv1_3) else 'BROKEN', 'TLSv1_3')
for path in ('/run/engine/certs/node.key', '/run/engine/certs/client.root.key', '/run/engine/certs/ca.key'):
    print('BROKEN' if os.access(path, os.R_OK) else 'held', path)
