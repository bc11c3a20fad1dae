"""What `python FILE …` does, in a forked child of the importer: the same `__main__`, argv, path, traceback and exit code."""

import atexit
import os
import sys
import threading
import types
from importlib.machinery import SourceFileLoader

import accounts

_OURS = ('accounts', 'fresh_main', 'importer', 'restriction')
_kept = []


def run_file(request, descriptors):
    """Becomes the reader and runs the file. Never returns."""
    try:
        accounts.become(accounts.ACCOUNTS['reader'], *descriptors)
        argv, environment, cwd = request['argv'], request['env'], request['cwd']
        code = _read_code(argv[1], cwd)
        if code is None:  # the interpreter itself has the right words for a file that cannot be read
            accounts.execute(argv, environment, cwd)
        path, source = code
        _prepare(argv, path, environment)
        os._exit(_run(path, source) & 255)
    except BaseException:
        sys.__excepthook__(*sys.exc_info())
    finally:
        os._exit(1)


def _read_code(name, cwd):
    """The file's absolute path and its bytes; None when it is no plain file that the reader can read."""
    try:
        os.chdir(cwd)
        path = os.path.join(os.getcwd(), name)
        if not os.path.isfile(path):
            return None
        with open(path, 'rb') as file:
            return path, file.read()
    except OSError:
        return None


def _prepare(argv, path, environment):
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[:] = argv[1:]
    sys.orig_argv[:] = argv
    for directory in os.get_exec_path():
        if os.path.exists(os.path.join(directory, argv[0])):
            sys.executable = os.path.join(directory, argv[0])
            break
    sys.path[0] = os.path.dirname(os.path.realpath(path))
    sys.path_importer_cache.clear()
    sys.stdout.reconfigure(line_buffering=True)  # the reader watches: each line as it is printed
    if 'random' in sys.modules:
        sys.modules['random'].seed()
    for name in _OURS:  # a tutorial may have an accounts.py of its own
        _kept.append(sys.modules.pop(name, None))
    main = types.ModuleType('__main__')
    main.__file__ = path
    main.__cached__ = None
    main.__builtins__ = sys.modules['builtins']
    if sys.version_info < (3, 14):  # from there on they are made when somebody asks for them
        main.__annotations__ = {}
    main.__loader__ = SourceFileLoader('__main__', path)
    _kept.append(sys.modules['__main__'])
    sys.modules['__main__'] = main


def _run(path, source):
    code = 0
    try:
        compiled = compile(source, path, 'exec', dont_inherit=True)
        exec(compiled, sys.modules['__main__'].__dict__)
    except SystemExit as end:
        code = _exit_code(end)
    except BaseException:
        kind, value, traceback = sys.exc_info()
        traceback = traceback.tb_next  # without this frame
        sys.excepthook(kind, value.with_traceback(traceback), traceback)
        code = 1
    try:
        threading._shutdown()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            pass  # the program replaced or closed it
        except OSError:
            code = 120
    return code


def _exit_code(end):
    if end.code is None:
        return 0
    if isinstance(end.code, int):
        return end.code
    print(end.code, file=sys.stderr)
    return 1
