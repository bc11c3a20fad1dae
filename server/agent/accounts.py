"""The accounts of a container: uid, gid and limits of its programs. `server/sandbox-layout.ts` has the same ids."""

from __future__ import annotations

import resource

MIB = 1 << 20


class Account:
    """A uid and gid with limits. Programs of the reader's accounts also get a second system-call filter.

    Accounts may share a uid. The gid, which their programs cannot change, then identifies a process's account.
    """

    def __init__(
        self, uid: int, gid: int, *, processes: int, files: int, file_mib: int, nice: int, oom_score: int
    ) -> None:
        self.uid, self.gid, self.nice, self.oom_score = uid, gid, nice, oom_score
        self.is_readers = uid == READER_UID
        self.limits = (
            (resource.RLIMIT_NPROC, processes),
            (resource.RLIMIT_NOFILE, files),
            (resource.RLIMIT_FSIZE, file_mib * MIB),
            (resource.RLIMIT_CORE, 0),
        )


READER_UID = 1000
READER_GID = 1000
ENGINE_UID = ENGINE_GID = 1001
BACKGROUND_GID = 1002
TERMINAL_GIDS = {1: 1003, 2: 1004}


def _reader_account(gid: int, processes: int) -> Account:
    return Account(READER_UID, gid, processes=processes, files=256, file_mib=32, nice=5, oom_score=1000)


READER = _reader_account(READER_GID, processes=64)
# Same uid as the reader, so that it can read the same private keys; fewer processes, so that it cannot starve a run.
BACKGROUND = _reader_account(BACKGROUND_GID, processes=40)
# One gid per terminal, so that one can be killed without the other.
TERMINALS = {number: _reader_account(gid, processes=40) for number, gid in TERMINAL_GIDS.items()}
ENGINE = Account(ENGINE_UID, ENGINE_GID, processes=160, files=8192, file_mib=128, nice=0, oom_score=0)

# The accounts by the names that the server uses in its requests.
ACCOUNTS = {'reader': READER, 'background': BACKGROUND, 'engine': ENGINE}
