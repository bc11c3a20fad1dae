"""Runs a file as `python FILE …` would, in a forked child of the fork server.

The program sees the same `__main__`, argv, path, tracebacks and exit code.
"""

from __future__ import annotations

import atexit
import builtins
import io
import os
import sys
import threading
import types
from importlib.machinery import SourceFileLoader

from accounts import READER
from launching import become, execute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from request_types import ProgramRequest

    class ForkOrder(ProgramRequest):
        """A program to fork, and the number that the agent has given it."""

        number: int


# The interpreter's own exit code when it cannot flush its output.
CANNOT_FLUSH = 120
_replaced: list[object] = []


def run_file(order: ForkOrder, descriptors: tuple[int, int, int]) -> NoReturn:
    """Switches to the reader's account and runs the file. Never returns."""
    try:
        become(READER, *descriptors)
        argv, environment, cwd = order['argv'], order['env'], order['cwd']
        code = _read_code(argv[1], cwd)
        if code is None:  # let the interpreter print its own message about a file that cannot be read
            execute(argv, environment, cwd)
        path, source = code
        _prepare(argv, path, environment)
        os._exit(_run(path, source) & 255)
    except BaseException as error:
        sys.__excepthook__(type(error), error, error.__traceback__)
    finally:
        os._exit(1)


def _read_code(name: str, cwd: str) -> tuple[str, bytes] | None:
    """Returns the file's absolute path and its bytes, or None when it is not a regular file or cannot be read."""
    try:
        os.chdir(cwd)
        path = os.path.join(os.getcwd(), name)
        if not os.path.isfile(path):
            return None
        with open(path, 'rb') as file:
            return path, file.read()
    except OSError:
        return None


def _prepare(argv: list[str], path: str, environment: dict[str, str]) -> None:
    """Sets up everything by which a program could tell this fork from a fresh interpreter."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[:] = argv[1:]
    sys.orig_argv[:] = argv
    for directory in os.get_exec_path():
        if os.path.exists(os.path.join(directory, argv[0])):
            sys.executable = os.path.join(directory, argv[0])
            break
    sys.path.insert(0, os.path.dirname(os.path.realpath(path)))
    sys.path_importer_cache.clear()
    if isinstance(sys.stdout, io.TextIOWrapper):  # always true; for the type checker
        # The reader is watching, so each line is sent as it is printed.
        sys.stdout.reconfigure(line_buffering=True)  # pyright: ignore[reportUnknownMemberType]
    if 'random' in sys.modules:
        sys.modules['random'].seed()
    main = types.ModuleType('__main__')
    main.__file__ = path
    main.__loader__ = SourceFileLoader('__main__', path)
    attributes = main.__dict__
    attributes['__cached__'] = None
    attributes['__builtins__'] = builtins
    if sys.version_info < (3, 14):  # later versions create it on access
        attributes['__annotations__'] = {}
    _replaced.append(sys.modules['__main__'])
    sys.modules['__main__'] = main


def _run(path: str, source: bytes) -> int:
    """Runs the program and everything that an interpreter does at exit. Returns the exit code."""
    code = 0
    try:
        compiled = compile(source, path, 'exec', dont_inherit=True)
        exec(compiled, sys.modules['__main__'].__dict__)
    except SystemExit as end:
        code = _exit_code(end)
    except BaseException as error:
        traceback = error.__traceback__.tb_next if error.__traceback__ else None  # without this frame
        sys.excepthook(type(error), error.with_traceback(traceback), traceback)
        code = 1
    # The interpreter calls these two at exit; there is no public equivalent.
    try:
        threading._shutdown()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
    atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            pass  # the program has replaced or closed the stream
        except OSError:
            code = CANNOT_FLUSH
    return code


def _exit_code(end: SystemExit) -> int:
    if end.code is None:
        return 0
    if isinstance(end.code, int):
        return end.code
    print(end.code, file=sys.stderr)
    return 1
