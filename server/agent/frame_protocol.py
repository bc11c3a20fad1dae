"""The kinds and limits of frames between server and agent. `frame-protocol.ts` has the same ones and documents them."""

import struct

HELLO = b'H'
PING = b'P'
YES = b'Y'
NO = b'N'

START_PROCESS = b'R'
KILL_PROCESS = b'K'
KILL_READER = b'L'
STDOUT = b'O'
STDERR = b'S'
EXIT = b'X'
PRELOAD = b'M'

START_ENGINE = b'E'
ENGINE_EXIT = b'Q'

WRITE_FILE = b'W'
READ_FILE = b'G'
FILE_BYTES = b'B'

OPEN_TUNNEL = b'T'
OPEN_TERMINAL = b'V'
OPENED = b'U'
RESIZE = b'Z'
DATA = b'D'
TAKEN = b'A'
END = b'F'
CLOSE = b'C'

# Kind, stream id, length of the payload.
HEADER = struct.Struct('!cII')
MAX_FRAME_BYTES = 128 << 10
"""The longest payload that the server accepts."""
CHUNK_BYTES = MAX_FRAME_BYTES // 2
"""The longest payload that the agent sends, and the most it reads at once."""
MAX_INCOMING_BYTES = 8 << 20
"""The longest payload that the agent accepts: more than the longest file that the server writes."""
WINDOW_BYTES = 256 << 10
"""How many bytes of a tunnel or terminal one side may send before the other acknowledges them with TAKEN."""
