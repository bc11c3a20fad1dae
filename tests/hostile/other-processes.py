# tries: to kill, slow down, or look into the agent, the fork server and the engine.
# holds: signals do not reach them, and their memory, files and environment stay closed.
# gvisor: /proc/*/environ, because it shows everybody every program's environment; none contains a secret.
# gvisor: /proc/*/maps, because it shows everybody where each program's memory is, not what is in it.
# gvisor: /proc/*/auxv, because it shows everybody what the kernel gave each program at its start: addresses and sizes.
# gvisor: /proc/*/fd, because it shows everybody the numbers of open files; none of them can be opened.
# where: run terminal
import os
import signal

NULL_DEVICE = os.makedev(1, 3)

found = 0
for name in os.listdir('/proc'):
    if not name.isdigit() or int(name) in (os.getpid(), os.getppid()):
        continue
    pid = int(name)
    try:
        with open(f'/proc/{pid}/status') as file:
            uid = next(int(line.split()[1]) for line in file if line.startswith('Uid:'))
    except OSError:
        continue  # it has ended
    if uid == 1000:
        continue
    found += 1
    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGSEGV):
        try:
            os.kill(pid, number)
            print('BROKEN kill', pid, number)
        except OSError as error:
            print('held kill', pid, error.strerror)
    for attempt in (
        lambda: os.setpriority(os.PRIO_PROCESS, pid, 19),
        lambda: os.sched_setaffinity(pid, {0}),
        lambda: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0)),
    ):
        try:
            attempt()
            print('BROKEN priority', pid)
        except OSError:
            pass
    for part in (
        'mem',
        'environ',
        'maps',
        'auxv',
        'stack',
        'syscall',
        'fd',
        'root',
        'cwd',
        'map_files',
        'personality',
        'pagemap',
    ):
        path = f'/proc/{pid}/{part}'
        try:
            content = os.listdir(path) if os.path.isdir(path) else open(path, 'rb').read(16)
        except OSError:
            continue
        print('BROKEN' if content else 'held', path, content)
    for number in range(32):
        for flags in (os.O_RDONLY, os.O_WRONLY):
            try:
                fd = os.open(f'/proc/{pid}/fd/{number}', flags | os.O_NONBLOCK)
            except OSError:
                continue
            if os.fstat(fd).st_rdev != NULL_DEVICE:  # which everybody may open
                print('BROKEN opened', pid, number)
            os.close(fd)
# The parent is the agent or the fork server: both have uid 0.
for number in (signal.SIGKILL, signal.SIGSTOP):
    try:
        os.kill(os.getppid(), number)
        print('BROKEN kill of the parent')
    except OSError as error:
        print('held', error.strerror)
print('held' if found >= 2 else 'BROKEN', found, 'others seen')
