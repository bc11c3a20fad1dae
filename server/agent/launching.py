"""What a forked child of the agent does: switch to an account, then execute a program."""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import signal

from reader_seccomp import restrict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from accounts import Account

# The exit codes that shells use.
CANNOT_EXECUTE, NOT_FOUND = 126, 127

_PR_SET_DUMPABLE = 4
_libc = ctypes.CDLL(None, use_errno=True)


def set_dumpable(value: int) -> None:
    """Sets whether other processes of the same uid may inspect this one: 1 for yes, 0 for no."""
    _libc.prctl(_PR_SET_DUMPABLE, value, 0, 0, 0)


def set_oom_score(score: int) -> None:
    """Sets this process's oom_score_adj, from -1000 to 1000: the higher, the sooner the kernel kills it.

    The machine may not allow it to be lowered; then it stays as it is.
    """
    try:
        with open('/proc/self/oom_score_adj', 'w') as file:
            file.write(str(score))
    except PermissionError:
        pass


def open_null() -> int:
    """Returns a new descriptor of /dev/null."""
    return os.open('/dev/null', os.O_RDWR | os.O_CLOEXEC)


def open_input(text: str) -> int:
    """Returns a new descriptor from which the text can be read, and which nobody can write: /dev/null without text."""
    if not text:
        return open_null()
    fd = os.memfd_create('input', os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        os.write(fd, text.encode())
        os.lseek(fd, 0, os.SEEK_SET)
        # Programs can open it again by way of /proc; unsealed, it could grow past the limits of the reader's folders.
        fcntl.fcntl(fd, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK)
    except BaseException:
        os.close(fd)
        raise
    return fd


def close_from(descriptor: int) -> None:
    """Closes that descriptor and all higher ones."""
    os.closerange(descriptor, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def become(account: Account, stdin: int, stdout: int, stderr: int) -> None:
    """Makes these descriptors 0, 1 and 2, closes all others, and switches to the account permanently."""
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
        restrict()  # before set_dumpable(1) allows others of the same uid to interfere with this process
    set_dumpable(1)  # otherwise the child's /proc/self and /dev/stdout would belong to root


def execute(argv: list[str], environment: dict[str, str], cwd: str) -> NoReturn:
    """Executes the program. On failure prints the reason and exits with the code that a shell would use."""
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
    """Switches to the account with these descriptors as 0, 1 and 2 and executes the program. Exits on any failure."""
    try:
        become(account, *descriptors)
        execute(argv, environment, cwd)
    finally:
        os._exit(CANNOT_EXECUTE)
