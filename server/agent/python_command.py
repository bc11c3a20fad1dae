"""Which commands the fork server can run: `python FILE …`, as plain as tutorials have it."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from request_types import ProcessRequest

NAMES = ('python', 'python3')


def is_forkable(request: ProcessRequest) -> bool:
    """Whether a fresh interpreter would do nothing that a fork of a running one cannot."""
    argv, env = request['argv'], request['env']
    if request['account'] != 'reader' or len(argv) < 2:
        return False
    if argv[0] not in NAMES or argv[1].startswith('-'):
        return False
    # Such a variable would have been read when the interpreter started.
    return all(not key.startswith('PYTHON') or env[key] == os.environ.get(key) for key in env)
