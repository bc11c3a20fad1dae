"""Decides which commands the fork server can run: `python FILE …`, without options, as in the tutorials."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from request_types import ProcessRequest

NAMES = ('python', 'python3')


def is_forkable(request: ProcessRequest) -> bool:
    """Whether a fork of a running interpreter behaves as a fresh one would for this command."""
    argv, env = request['argv'], request['env']
    if request['account'] != 'reader' or len(argv) < 2:
        return False
    if argv[0] not in NAMES or argv[1].startswith('-'):
        return False
    # Python reads these variables only when it starts, so a fork would ignore them.
    return all(not key.startswith('PYTHON') or env[key] == os.environ.get(key) for key in env)
