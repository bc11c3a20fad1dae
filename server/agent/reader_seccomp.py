"""A second system-call filter, which denies readers' programs some calls that the engine may make.

It applies in addition to the container's filter (`server/oci/seccomp.ts`). Child processes inherit it, and no process
can remove it. Denied are:

- File locks: their number is unlimited and their memory is not charged to the container. On files that sandboxes share,
  they could also be used to observe or block others.
- Netlink: answers that are requested and never read are not charged to the container.
- Seccomp filters: their code counts against a limit of the whole host.
- Some terminal ioctls: injecting input, redirecting the console, setting line disciplines (which loads kernel modules),
  and unlocking new pairs. The container's filter allows only the last of these.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_SECCOMP = 22
_MODE_FILTER = 2
_AF_NETLINK = 16
_F_SETLK, _F_SETLKW, _F_OFD_SETLK, _F_OFD_SETLKW = 6, 7, 37, 38

_TIOCSTI, _TIOCLINUX, _TIOCCONS, _TIOCSETD, _TIOCSPTLCK = 0x5412, 0x541C, 0x541D, 0x5423, 0x40045431

_AUDIT_ARCH, _FLOCK, _FCNTL, _IOCTL, _PRCTL, _SOCKET, _SECCOMP = {
    'x86_64': (0xC000003E, 73, 72, 16, 157, 41, 317),
    'aarch64': (0xC00000B7, 32, 25, 29, 167, 198, 277),
}[os.uname().machine]

# Offsets in struct seccomp_data: the call's number, the architecture, and the lower halves of the arguments.
_NUMBER, _ARCH = 0, 4
_ARGUMENT = tuple(16 + 8 * index for index in range(6))

_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM

# struct sock_filter: code, jumps when true and when not, k.
Instruction = tuple[int, int, int, int]
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06


def _refuse(value: int) -> list[Instruction]:
    """Returns instructions that refuse the call when the loaded word equals the value."""
    return [(_JUMP_IF_EQUAL, 0, 1, value), (_RETURN, 0, 0, _REFUSE)]


def _refuse_with(call: int, argument: int, values: tuple[int, ...]) -> list[Instruction]:
    """Returns instructions that refuse a call with one of these values as that argument and allow any other value.

    For other calls they decide nothing, and the call's number stays loaded.
    """
    body = [(_LOAD, 0, 0, _ARGUMENT[argument])]
    for value in values:
        body += _refuse(value)
    body.append((_RETURN, 0, 0, _ALLOW))
    return [(_JUMP_IF_EQUAL, 0, len(body), call), *body]


_PROGRAM: list[Instruction] = [
    (_LOAD, 0, 0, _ARCH),
    (_JUMP_IF_EQUAL, 1, 0, _AUDIT_ARCH),
    (_RETURN, 0, 0, _REFUSE),
    (_LOAD, 0, 0, _NUMBER),
    *_refuse(_FLOCK),
    *_refuse(_SECCOMP),
    *_refuse_with(_FCNTL, 1, (_F_SETLK, _F_SETLKW, _F_OFD_SETLK, _F_OFD_SETLKW)),
    *_refuse_with(_IOCTL, 1, (_TIOCSTI, _TIOCLINUX, _TIOCCONS, _TIOCSETD, _TIOCSPTLCK)),
    *_refuse_with(_PRCTL, 0, (_PR_SET_SECCOMP,)),
    *_refuse_with(_SOCKET, 0, (_AF_NETLINK,)),
    (_RETURN, 0, 0, _ALLOW),
]


class _Program(ctypes.Structure):
    """The kernel's struct sock_fprog."""

    _fields_ = [('length', ctypes.c_ushort), ('instructions', ctypes.c_char_p)]


_assembled = b''.join(struct.pack('HBBI', *instruction) for instruction in _PROGRAM)
_program = _Program(len(_PROGRAM), _assembled)


def restrict() -> None:
    """Installs the filter for this process, permanently.

    Raises OSError when that fails; then no reader's program may run.
    """
    if _libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(_program), 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
