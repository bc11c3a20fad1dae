"""Reads and writes an account's files with that account's rights. Symbolic links are never followed."""

from __future__ import annotations

import os
import stat

from accounts import ACCOUNTS
from borrowed_rights import FileRights

TYPE_CHECKING = False
if TYPE_CHECKING:
    from request_types import AccountName

# The folders in which an account's files may be. Never /proc, where the agent would find its own files.
READERS_ROOTS = (('home', 'reader'), ('tmp',))
ROOTS = {'reader': READERS_ROOTS, 'background': READERS_ROOTS, 'engine': (('run', 'engine'),)}
HOME = '/home/reader'
MAX_PATH_LENGTH = 1024
READ_BYTES = 1 << 20

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # non-blocking: a FIFO must not hold up the agent


class RefusedFileError(OSError):
    """A refusal by the agent, with the reason as one word. The server turns it into a sentence (file-refusals.ts)."""


def write_file(account: AccountName, path: str, mode: int, data: bytes) -> None:
    """Writes a whole file and creates missing parent folders. Raises OSError with the reason."""
    with FileRights(ACCOUNTS[account]):
        fd = _open(account, path, os.O_WRONLY | os.O_CREAT, mode)
        try:
            os.ftruncate(fd, 0)
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view) :]
            os.fchmod(fd, mode)
        finally:
            os.close(fd)


def read_file(account: AccountName, path: str, max_bytes: int) -> bytes:
    """Returns a file's content, at most max_bytes. Raises OSError with the reason."""
    with FileRights(ACCOUNTS[account]):
        fd = _open(account, path, os.O_RDONLY)
        try:
            content = bytearray()
            while part := os.read(fd, min(max_bytes - len(content), READ_BYTES)):
                content += part
            return bytes(content)
        finally:
            os.close(fd)


def _open(account: AccountName, path: str, flags: int, mode: int = 0) -> int:
    """Opens a regular file; with O_CREAT, also creates missing parents. Raises OSError for any other kind of file."""
    root, *directories, name = _parts_of(account, path)
    parent = _open_directory(root, directories, bool(flags & os.O_CREAT))
    try:
        fd = os.open(name, flags | _FILE, mode, dir_fd=parent)
    finally:
        os.close(parent)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise RefusedFileError('not-regular')
    return fd


def _parts_of(account: AccountName, path: str) -> list[str]:
    """Returns the account's root folder that contains the path, then the folders below it, then the file's name.

    Relative paths start in the reader's home. Raises RefusedFileError for paths outside the account's roots.
    """
    if not path.startswith('/'):
        path = f'{HOME}/{path}'
    parts = [part for part in path.split('/') if part not in ('', '.')]
    if '..' not in parts and len(path) <= MAX_PATH_LENGTH:
        for root in ROOTS[account]:
            if tuple(parts[: len(root)]) == root and len(parts) > len(root):
                return ['/' + '/'.join(root), *parts[len(root) :]]
    raise RefusedFileError('outside')


def _open_directory(root: str, names: list[str], is_created: bool) -> int:
    """Opens a folder below the root, one path component at a time, so that no symbolic link is followed."""
    fd = os.open(root, _DIRECTORY)
    for name in names:
        try:
            if is_created:
                try:
                    os.mkdir(name, 0o755, dir_fd=fd)
                except FileExistsError:
                    pass
            inner = os.open(name, _DIRECTORY, dir_fd=fd)
        finally:
            os.close(fd)
        fd = inner
    return fd
