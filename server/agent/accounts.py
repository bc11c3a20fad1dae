"""The accounts of a container: who a program runs as, and with which limits. `server/oci/spec.ts` has the same ids."""

from __future__ import annotations

import resource

MIB = 1 << 20


class Account:
    """A uid and gid with limits; programs of the reader's accounts may ask less of the kernel, too.

    Accounts may share a uid. Then the gid, which no program of theirs can change, tells whose a process is.
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


def _readers(gid: int, processes: int) -> Account:
    return Account(READER_UID, gid, processes=processes, files=256, file_mib=32, nice=5, oom_score=1000)


READER = _readers(READER_GID, processes=64)
# The reader's uid, so that it reads the same private keys; fewer processes, so that it cannot starve a run of steps.
BACKGROUND = _readers(BACKGROUND_GID, processes=40)
# Each with a group of its own, so that ending one spares the other.
TERMINALS = {number: _readers(gid, processes=40) for number, gid in TERMINAL_GIDS.items()}
ENGINE = Account(ENGINE_UID, ENGINE_GID, processes=160, files=8192, file_mib=128, nice=0, oom_score=0)

# The accounts that the server names in its requests.
ACCOUNTS = {'reader': READER, 'background': BACKGROUND, 'engine': ENGINE}
