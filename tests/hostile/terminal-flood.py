# tries: to fill the server's memory with its output, and with everything that a terminal answers.
# holds: it waits until somebody reads; the engine answers meanwhile.
# where: terminal
# ends: timeout
# timeoutMs: 2000
import os

QUESTIONS = (
    b'\x1b[c\x1b[6n\x1b]52;c;?\x07\x1bP$qm\x1b\\\x05\x1b[?1049h\x1b]0;'
    + b'title' * 100
    + b'\x07\xff\xfe\x00'
    + b'\x1b[9999999999999999S'
)
while True:
    os.write(1, QUESTIONS * 64)
