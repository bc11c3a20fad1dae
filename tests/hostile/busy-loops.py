# tries: to use all of the processor.
# holds: the engine still answers meanwhile; the time limit ends the program.
# ends: timeout
# timeoutMs: 2500
import os

for _ in range(3):
    os.fork()
while True:
    pass
