"""Files of an account, written and read by the agent with that account's rights, through no symbolic link."""

import os
import stat

from accounts import ACCOUNTS

ROOTS = {
    'reader': ('home/reader', 'tmp'),
    'background': ('home/reader', 'tmp'),
    'engine': ('run/engine',),
}
"""Where an account's files may lie. Never /proc: there the agent would meet itself."""

class Refusal(OSError):
    """A refusal of ours, by its word; the server has a sentence for it (file-refusals.ts)."""


_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # non-blocking: a FIFO must not hold up the agent


def write_file(name, path, mode, data):
    """Writes a whole file, making its parents. Raises OSError with the reason."""
    with _rights_of(name):
        directory, last = _walk(name, path, make=True)
        try:
            fd = os.open(last, os.O_WRONLY | os.O_CREAT | _FILE, mode, dir_fd=directory)
            try:
                _check_regular(fd)
                os.ftruncate(fd, 0)
                view = memoryview(data)
                while view:
                    view = view[os.write(fd, view) :]
                os.fchmod(fd, mode)
            finally:
                os.close(fd)
        finally:
            os.close(directory)


def read_file(name, path, max_bytes):
    """The first max_bytes of a file. Raises OSError with the reason."""
    with _rights_of(name):
        directory, last = _walk(name, path, make=False)
        try:
            fd = os.open(last, os.O_RDONLY | _FILE, dir_fd=directory)
            try:
                _check_regular(fd)
                parts = []
                while max_bytes > 0:
                    part = os.read(fd, min(max_bytes, 1 << 20))
                    if not part:
                        break
                    parts.append(part)
                    max_bytes -= len(part)
                return b''.join(parts)
            finally:
                os.close(fd)
        finally:
            os.close(directory)


class _rights_of:
    """A context with the account's file rights."""

    def __init__(self, name):
        self._account = ACCOUNTS[name]

    def __enter__(self):
        os.setegid(self._account.gid)
        os.seteuid(self._account.uid)

    def __exit__(self, *_):
        os.seteuid(0)
        os.setegid(0)


def _walk(name, path, make):
    """A descriptor of the file's directory, and the file's own name."""
    if not path.startswith('/'):
        path = f'/home/reader/{path}'
    parts = [part for part in path.split('/') if part not in ('', '.')]
    if '..' in parts or len(path) > 1024:
        raise Refusal('outside')
    for root in ROOTS[name]:
        depth = root.count('/') + 1
        if parts[:depth] == root.split('/') and len(parts) > depth:
            break
    else:
        raise Refusal('outside')
    fd = os.open('/' + root, _DIRECTORY)
    for part in parts[depth:-1]:
        try:
            if make:
                try:
                    os.mkdir(part, 0o755, dir_fd=fd)
                except FileExistsError:
                    pass
            inner = os.open(part, _DIRECTORY, dir_fd=fd)
        finally:
            os.close(fd)
        fd = inner
    return fd, parts[-1]


def _check_regular(fd):
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        raise Refusal('not-regular')
