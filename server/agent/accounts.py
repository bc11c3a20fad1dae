"""Who runs what: the accounts of a container, becoming one of them, and ending all that one of them runs."""

import ctypes
import os
import resource
import signal
import time
from collections import namedtuple

from restriction import restrict

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_DUMPABLE = 4
_DEV_NULL = '/dev/null'
SETTLE_SECONDS = 0.02
"""How long the agent waits for forks that are under way when it ends one of two accounts that share a uid."""
SETTLE_TICK_SECONDS = 0.0005
FINDING_ROUNDS, LOOKS = 12, 16
"""How often processes are looked for, and looked at again while there are new ones; a look takes a millisecond or less."""
RESTING, MOVING = 'Tt', 'RD'


class Account:
    """A uid and gid with limits; a reader's programs may ask less of the kernel, too. Two accounts may share a uid: then the gid,
    which no program of theirs can change, tells whose a process is."""

    def __init__(self, uid, gid, processes, files, file_bytes, nice, oom_score, is_readers):
        self.uid, self.gid, self.nice, self.oom_score, self.is_readers = uid, gid, nice, oom_score, is_readers
        self.limits = (
            (resource.RLIMIT_NPROC, processes),
            (resource.RLIMIT_NOFILE, files),
            (resource.RLIMIT_FSIZE, file_bytes),
            (resource.RLIMIT_CORE, 0),
        )


_MIB = 1 << 20
ACCOUNTS = {
    'reader': Account(1000, 1000, processes=64, files=256, file_bytes=32 * _MIB, nice=5, oom_score=1000, is_readers=True),
    # The reader's uid, so that it reads the same private keys; fewer processes, so that it cannot starve a run.
    'background': Account(1000, 1002, processes=40, files=256, file_bytes=32 * _MIB, nice=5, oom_score=1000, is_readers=True),
    **{
        # Each with a group of its own, so that ending one spares the other.
        f'terminal-{number}': Account(1000, 1002 + number, processes=40, files=256, file_bytes=32 * _MIB, nice=5, oom_score=1000, is_readers=True)
        for number in (1, 2)
    },
    'engine': Account(1001, 1001, processes=160, files=8192, file_bytes=128 * _MIB, nice=0, oom_score=0, is_readers=False),
}


def set_dumpable(value):
    """Says whether others of the same uid may look into this process."""
    _libc.prctl(_PR_SET_DUMPABLE, value, 0, 0, 0)


def set_oom_score(score):
    """Sets how readily the kernel ends this process when memory is short, as low as it may: that depends on the machine, and
    is as low as a reader's program could go too."""
    try:
        with open('/proc/self/oom_score_adj', 'w') as file:
            file.write(str(score))
    except PermissionError:
        pass


def become(account, stdin, stdout, stderr):
    """In a forked child: takes these descriptors as 0, 1 and 2, closes all others, and drops to the account for good."""
    if os.getsid(0) != os.getpid():
        os.setsid()
    os.umask(0o022)
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    for target, source in enumerate((stdin, stdout, stderr)):
        os.dup2(source, target)
    close_from(3)
    set_oom_score(account.oom_score)
    os.nice(account.nice)
    for limit, value in account.limits:
        resource.setrlimit(limit, (value, value))
    os.setgroups([])
    os.setresgid(account.gid, account.gid, account.gid)
    os.setresuid(account.uid, account.uid, account.uid)
    if account.is_readers:
        restrict()  # before others of the same uid may look into this process, and so stop or change it on its way
    set_dumpable(1)  # else /proc/self and /dev/stdout of the child belong to root


def close_from(descriptor):
    """Closes it and all above it."""
    os.closerange(descriptor, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def execute(argv, environment, cwd):
    """In a forked child that has become its account: runs the program, or says as a shell would why not. Never returns."""
    code = 126
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores these; other programs must not inherit that
        signal.signal(number, signal.SIG_DFL)
    try:
        os.chdir(cwd)
        os.execvpe(argv[0], argv, environment)
    except FileNotFoundError:
        at_fault = cwd if not os.path.isdir(cwd) else argv[0]
        reason = 'No such file or directory' if '/' in at_fault else 'command not found'
        code = 127
    except OSError as error:
        at_fault, reason = argv[0], error.strerror
    os.write(2, f'{at_fault}: {reason}\n'.encode(errors='replace'))
    os._exit(code)


def open_null():
    """A descriptor of /dev/null."""
    return os.open(_DEV_NULL, os.O_RDWR | os.O_CLOEXEC)


def members(account):
    """The account's processes, each with its `pid` and `state`, zombies included."""
    return [process for process in _processes(account.uid)[0] if process.gid == account.gid]


def state_of(pid):
    """A letter, as the kernel has it; that of a process which is dead where there is none."""
    process = _read_process(pid)
    return process.state if process else 'X'


_Process = namedtuple('_Process', 'pid uid gid state is_alive')


def _processes(uid):
    """The processes of that uid, and whether these are all: in a look after which there was no new one."""
    found, seen = [], set()
    for _ in range(LOOKS):
        last = _last_pid()
        new = {name for name in os.listdir('/proc') if name.isdigit()} - seen
        found += [process for name in new if (process := _read_process(name)) and process.uid == uid]
        seen |= new
        if last == _last_pid():
            return found, True
    return found, False


def _read_process(name):
    try:
        with open(f'/proc/{name}/status') as file:
            status = file.read()
    except OSError:
        return None  # it has ended
    uid, gid, state, threads = (status.partition(f'\n{key}:\t')[2].split(None, 1)[0] for key in ('Uid', 'Gid', 'State', 'Threads'))
    # The first thread of a program can end before the others do.
    return _Process(int(name), int(uid), int(gid), state, state not in 'ZX' or int(threads) > 1)


def _last_pid():
    """The latest that the kernel gave."""
    with open('/proc/loadavg') as file:
        return int(file.read().split()[4])


class acting_as:
    """A context in which signals reach exactly what the uid may signal. The saved uid stays 0 to come back by; ours is PID 1,
    which no signal of the container's own programs can end."""

    def __init__(self, account):
        self._uid = account.uid

    def __enter__(self):
        os.setresuid(self._uid, self._uid, 0)

    def __exit__(self, *_):
        os.setresuid(0, 0, 0)


def end_all(account, uid_is_shared):
    """Kills every process of the account. One kill(-1) is atomic: it needs no fork and no fork outruns it. When another account
    with the same uid has processes, they are looked for and killed; where they outrun that, all of the uid are stopped first."""
    if not uid_is_shared:
        with acting_as(account):
            send(-1, signal.SIGKILL)
    elif not _end_found(account):
        _end_stopped(account)


def _end_found(account):
    """Kills one after the other. True when it found, in a look that missed nobody, none that it had not killed before."""
    killed = set()
    for _ in range(FINDING_ROUNDS):
        processes, is_whole = _processes(account.uid)
        mine = {process.pid for process in processes if process.gid == account.gid and process.is_alive}
        if is_whole and mine <= killed:
            return True
        with acting_as(account):
            for pid in mine:
                send(pid, signal.SIGKILL)
        killed = mine  # who is told to die forks no more
    return False


def _end_stopped(account):
    """Stops all of the uid, others' too, so that sorting them cannot be outrun; then kills those of the account. A shell whose
    program is stopped under it takes that for suspended, which is why this comes last."""
    # As by Ctrl-Z; these stay so.
    rested = {process.pid for process in _processes(account.uid)[0] if process.state in RESTING}
    with acting_as(account):
        send(-1, signal.SIGSTOP)
    processes = _wait_for_forks(account.uid)
    with acting_as(account):
        for process in processes:
            if process.gid == account.gid:
                send(process.pid, signal.SIGKILL)
        for group in _groups(process.pid for process in processes if process.gid != account.gid and process.pid not in rested):
            send(-group, signal.SIGCONT)


def _groups(pids):
    """What is sent to a group reaches also a child of it that comes from a fork under way, which else would stay stopped for ever."""
    groups = set()
    for pid in pids:
        try:
            groups.add(os.getpgid(pid))
        except OSError:
            pass
    return groups


def _wait_for_forks(uid):
    """Gives the processes of that uid when all that were told to stop have stopped. A signal to all that comes in the middle of a
    fork counts as one after it: the child appears later, with the same signal (Linux, `copy_process`). Bounded, for a process may
    wait where it cannot stop."""
    until = time.monotonic() + SETTLE_SECONDS
    while True:
        processes, _ = _processes(uid)
        if time.monotonic() >= until or not any(process.state in MOVING for process in processes):
            return processes
        time.sleep(SETTLE_TICK_SECONDS)


def end_group(account, pid):
    """Kills one process and its group: for the engine's short commands, beside which the engine lives on."""
    with acting_as(account):
        send(-pid, signal.SIGKILL)


def send(pid, number):
    """Sends a signal, if there is who may get it."""
    try:
        os.kill(pid, number)
    except OSError:
        pass
