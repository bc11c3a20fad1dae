# tries: to mislead whoever keeps or shows what it prints: sequences without an end, cut in the middle, far too long,
#   with bytes that are no text, markup, questions that make terminals type, and switches of the whole screen.
# holds: everything is passed on or dropped in bounded memory, and the other terminal answers.
# where: run terminal
# ends: any
# timeoutMs: 4000
import os

PARTS = (
    b'\x1b]0;' + b'title' * 4000,
    b'\x1bP' + b'q' * 20_000,
    b'\x1b[' + b'1;' * 10_000 + b'm',
    b'\x1b[' + b'9' * 20_000 + b'S',
    b'\x1b]52;c;' + b'QUFB' * 2000 + b'\x07',
    b'\x1b]8;;javascript:alert(1)\x07link\x1b]8;;\x07',
    b'<script>alert(1)</script><img src=x onerror=alert(1)>\r\n',
    b'\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1003h\x1b[6n\x1b[c\x1b[>c\x1b[5n\x05',
    b'\xf0\x9f\x98',
    b'\x80\xff\xfe\xc0\xaf\xed\xa0\x80',
    b'\x1bc\x1b#8\x1b(0\x0e\x9b31m\x90\x9d',
    'a\u0300'.encode() + '\u0300'.encode() * 10_000,
    '\u202e\u2066\u200b\ufeff'.encode(),
    b'\r' * 5000 + b'\b' * 5000 + b'\t' * 5000,
)
for part in PARTS:
    for begin in range(0, len(part), 4093):
        os.write(1, part[begin : begin + 4093])
print('\r\nheld', flush=True)
