# tries: to confuse the database's wire protocol: lengths that are negative, endless or do not fit, unknown messages,
#   greetings within greetings, cancellations by guessed keys, counts that promise more than comes.
# holds: each connection is refused or ended, and the next one is served.
# cluster: insecure
import os
import random
import socket
import struct

chance = random.Random(16)


def message(kind: bytes, body: bytes, length: int | None = None) -> bytes:
    return kind + struct.pack('!i', len(body) + 4 if length is None else length) + body


body = struct.pack('!I', 196608) + b'user\0root\0database\0defaultdb\0\0'
GREETING = struct.pack('!I', len(body) + 4) + body
SSL, CANCEL, GSS = 80877103, 80877102, 80877104


def startup(code: int, rest: bytes = b'', length: int | None = None) -> bytes:
    return struct.pack('!iI', 8 + len(rest) if length is None else length, code) + rest


BEFORE = [
    startup(196608, length=2**31 - 1),
    startup(196608, length=-1),
    startup(196608, length=4),
    startup(196608, b'user\0root'),
    startup(196608, b'user\0' + b'x' * 9000 + b'\0\0'),
    startup(196608, b'user\0root\0options\0--allow_system_table_mods=on -c role=postgres\0\0'),
    startup(196608, b'user\0root\0replication\0database\0\0'),
    startup(196608, b'user\0root\0_pq_.x\0y\0\0'),
    startup(131072, b'root'),
    startup(SSL) * 50,
    startup(GSS) + startup(SSL) + startup(GSS),
    startup(SSL) + b'\x16\x03\x01' + os.urandom(300),
    *(startup(CANCEL, os.urandom(8)) for _ in range(50)),
    startup(CANCEL, os.urandom(4000)),
    b'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    b'\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03' + os.urandom(100),
    os.urandom(5000),
    b'\0' * 100_000,
]
AFTER = [
    message(b'Q', b'SELECT 1\0', 2**31 - 1),
    message(b'Q', b'SELECT 1\0', -1),
    message(b'Q', b'SELECT 1\0', 3),
    message(b'Q', b'SELECT 1'),
    message(b'Q', b'SELECT \xff\xfe\0 1\0'),
    *(message(bytes([kind]), os.urandom(20)) for kind in range(256)),
    message(b'P', b'x\0SELECT 1\0' + struct.pack('!h', 30000)),
    message(b'P', b'x\0SELECT $1\0' + struct.pack('!h', -1)),
    message(b'P', b'\0SELECT $1::INT\0\0\0')
    + message(b'B', b'\0\0' + struct.pack('!hhi', 0, 1, 2**31 - 1))
    + message(b'S', b''),
    message(b'P', b'\0SELECT $1::INT\0\0\0')
    + message(b'B', b'\0\0' + struct.pack('!hhi', 0, 32000, -1))
    + message(b'S', b''),
    message(b'B', b'none\0none\0' + struct.pack('!hhh', 0, 0, 0))
    + message(b'E', b'none\0\0\0\0\0')
    + message(b'S', b''),
    message(b'E', b'\0' + struct.pack('!i', -5)) + message(b'S', b''),
    message(b'F', struct.pack('!Ihhh', 1598, 0, 0, 0)),
    message(b'd', b'x' * 100) * 100 + message(b'c', b''),
    message(b'p', b'secret\0') * 20,
    message(b'S', b'') * 5000,
    message(b'H', b'') * 5000,
    message(b'Q', b'COPY (SELECT 1) TO STDOUT\0') + message(b'f', b'no\0'),
]
AFTER += [bytes(chance.randrange(256) for _ in range(chance.randrange(1, 400))) for _ in range(60)]


def talk(bytes_: bytes, logs_in: bool) -> None:
    with socket.create_connection(('127.0.0.1', 26257), timeout=8) as client:
        try:
            if logs_in:
                client.sendall(GREETING)
                said = b''
                while b'Z\0\0\0\5' not in said:
                    part = client.recv(65536)
                    said += part
                    if not part:
                        print('BROKEN no login:', said[:200])
                        return
            client.sendall(bytes_)
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass
        except TimeoutError:
            print('BROKEN kept open after', bytes_[:40])
        except OSError:
            pass


for bytes_ in BEFORE:
    talk(bytes_, False)
for bytes_ in AFTER:
    talk(bytes_, True)
print('held', len(BEFORE) + len(AFTER))
