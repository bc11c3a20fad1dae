# tries: to use the database's web console as a way out or as a way to end it: paths out of its folder, requests that
#   are malformed, endless, far too long, or smuggled, and hundreds of connections that never finish asking.
# holds: no answer has anything of the host or of the engine's files; it answers afterwards.
# cluster: insecure
# timeoutMs: 30000
import os
import re
import socket
import time

SECRET = re.compile(rb'root:x|BEGIN [A-Z ]*PRIVATE KEY|engine\.secret')


def ask(request: bytes, seconds: float = 2) -> bytes:
    answer = b''
    try:
        with socket.create_connection(('localhost', 8080), timeout=seconds) as client:
            client.sendall(request)
            client.shutdown(socket.SHUT_WR)
            while len(answer) < 1 << 20 and (part := client.recv(65536)):
                answer += part
    except OSError:
        pass
    return answer


PATHS = [
    '/../../../../etc/passwd',
    '/..%2f..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/run/engine/secret',
    '//etc/passwd',
    '/health/../../etc/passwd',
    'file:///etc/passwd',
    'http://169.254.169.254/',
    '/_status/files/local/goroutines/..%2f..%2fetc%2fpasswd',
    '/_status/logfiles/local',
    '/_admin/v1/enqueue_range',
    '/debug/pprof/cmdline',
    '/%00',
    *('//', 'http://[', '/:', '//:x', '*', '?', '/health?%'),
    '/' + 'a' * 100_000,
]
for path in PATHS:
    for method in ('GET', 'POST', 'PUT', 'CONNECT', 'TRACE'):
        answer = ask(f'{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'.encode())
        if SECRET.search(answer):
            print('BROKEN', method, path[:60], answer[:200])
for request in (
    b'GET /health HTTP/1.1\r\n' + b'X: y\r\n' * 50_000,
    b'GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n' + b'x' * 100_000,
    b'POST /health HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nffffffff\r\n',
    b'\x16\x03\x01\x02\0\x01\0\x01' + os.urandom(500),
    os.urandom(10_000),
    b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' + os.urandom(100),
    b'GET /health HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
):
    ask(request, 1)
waiting = []
for _ in range(200):
    client = socket.create_connection(('localhost', 8080), timeout=5)
    client.sendall(b'GET /health HTTP/1.1\r\nHost:')
    waiting.append(client)
time.sleep(0.5)
for client in waiting:
    client.close()
answer = ask(b'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 10)
print('held' if answer.startswith(b'HTTP/1.1 200') else 'BROKEN', 'its health', answer[:60])
