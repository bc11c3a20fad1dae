# tries: to outlive its time limit by ignoring every signal.
# holds: the time limit ends it.
# ends: timeout
# timeoutMs: 500
import signal
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
time.sleep(100)
