# tries: to catch the agent while it has the reader's uid, and then to slow it down or stop it.
# holds: the filter lets a program change only its own process.
# gvisor: ends the sandbox, because its PID 1 can be stopped and ended like any process by whoever may signal it: at
#   that moment, the reader.
# ends: timeout
# timeoutMs: 2500
import os
import signal

for _ in range(8):
    if os.fork() == 0:
        break
while True:
    for attempt in (
        lambda: os.setpriority(os.PRIO_PROCESS, 1, 19),
        lambda: os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0)),
        lambda: os.kill(1, signal.SIGSTOP),
        lambda: os.kill(1, signal.SIGTERM),
        lambda: os.kill(1, signal.SIGSEGV),
    ):
        try:
            attempt()
        except OSError:
            pass
