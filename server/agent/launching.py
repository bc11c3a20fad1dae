"""What a forked child of the agent does on its way to a program: it becomes an account, and executes."""

from __future__ import annotations

import ctypes
import os
import resource
import signal

from reader_seccomp import restrict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from accounts import Account

# As shells have it.
CANNOT_EXECUTE, NOT_FOUND = 126, 127

_PR_SET_DUMPABLE = 4
_libc = ctypes.CDLL(None, use_errno=True)


def set_dumpable(value: int) -> None:
    """Says with 1 that other processes of the same uid may look into this one, with 0 that they may not."""
    _libc.prctl(_PR_SET_DUMPABLE, value, 0, 0, 0)


def set_oom_score(score: int) -> None:
    """Sets how readily the kernel ends this process when memory is short.

    How low it may go depends on the machine; where that is not so low, it stays as it is.
    """
    try:
        with open('/proc/self/oom_score_adj', 'w') as file:
            file.write(str(score))
    except PermissionError:
        pass


def open_null() -> int:
    """Returns a new descriptor of /dev/null."""
    return os.open('/dev/null', os.O_RDWR | os.O_CLOEXEC)


def close_from(descriptor: int) -> None:
    """Closes that descriptor and all above it."""
    os.closerange(descriptor, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def become(account: Account, stdin: int, stdout: int, stderr: int) -> None:
    """Takes these descriptors as 0, 1 and 2, closes all others, and drops to the account for good."""
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
    set_dumpable(1)  # otherwise /proc/self and /dev/stdout of the child belong to root


def execute(argv: list[str], environment: dict[str, str], cwd: str) -> NoReturn:
    """Executes the program as the account that this process has become, or says as a shell would why not."""
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores these; other programs must not inherit that
        signal.signal(number, signal.SIG_DFL)
    try:
        os.chdir(cwd)
        os.execvpe(argv[0], argv, environment)
    except FileNotFoundError:
        at_fault = argv[0] if os.path.isdir(cwd) else cwd
        reason = 'No such file or directory' if '/' in at_fault else 'command not found'
        code = NOT_FOUND
    except OSError as error:
        at_fault, reason, code = argv[0], error.strerror, CANNOT_EXECUTE
    os.write(2, f'{at_fault}: {reason}\n'.encode(errors='replace'))
    os._exit(code)


def launch(
    account: Account, argv: list[str], environment: dict[str, str], cwd: str, descriptors: tuple[int, int, int]
) -> NoReturn:
    """Becomes the account with these descriptors as 0, 1 and 2, and executes. Whatever fails, the child ends here."""
    try:
        become(account, *descriptors)
        execute(argv, environment, cwd)
    finally:
        os._exit(CANNOT_EXECUTE)
