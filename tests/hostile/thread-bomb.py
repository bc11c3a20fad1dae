# tries: to start threads endlessly.
# holds: threads count as processes; the reader gets at most 64.
import threading

stop = threading.Event()
started = 0
try:
    while started < 1000:
        threading.Thread(target=stop.wait, daemon=True).start()
        started += 1
except RuntimeError:
    pass
print('held' if 0 < started <= 64 else 'BROKEN', 'threads:', started)
