/**
 * What the server and a container's agent say to each other: frames over one socket. A frame is a kind (one letter),
 * the id of a stream (u32), the length of the payload (u32), and the payload; numbers are big-endian. Each question,
 * process, terminal and tunnel has a stream id of its own; stream 0 is the container itself. The agent has the same
 * kinds and sizes in `frame_protocol.py`; `tests/server/agent/frame-protocol.test.ts` compares them.
 */
export const FRAME_KINDS = {
  /** From the agent, once: JSON, what confines it. */
  hello: 'H',
  /** To the agent, and back unchanged. */
  ping: 'P',
  /** The answer to a question of which nothing else is wanted. */
  yes: 'Y',
  /** The other answer: why not. */
  no: 'N',

  /** To the agent: JSON ProcessRequest. `stdout` and `stderr` follow, and `exit` at last. */
  'start-process': 'R',
  /** To the agent: ends that process, and everything of its account. */
  'kill-process': 'K',
  /** To the agent: ends everything that the reader runs; the sentence that says why. */
  'kill-reader': 'L',
  /** From the agent: bytes of a process. */
  stdout: 'O',
  /** From the agent: bytes of a process. */
  stderr: 'S',
  /** From the agent: JSON, how a process ended (ProcessEnd), or a terminal's program ({exitCode}). */
  exit: 'X',
  /** To the agent: JSON, the modules to have imported when a Python program starts. Answered by yes or no. */
  preload: 'M',

  /** To the agent: JSON {argv, env}. Answered by yes or no. */
  'start-engine': 'E',
  /** From the agent: JSON {exitCode, log}. */
  'engine-exit': 'Q',

  /** To the agent: length (u32) of a JSON head {account, path, mode}, the head, the bytes. Answered by yes or no. */
  'write-file': 'W',
  /** To the agent: JSON {account, path, maxBytes}. Answered by any number of `file-bytes`, then yes; or by no. */
  'read-file': 'G',
  /** From the agent. */
  'file-bytes': 'B',

  /** To the agent: a port (u16) of the container's own loopback. */
  'open-tunnel': 'T',
  /** To the agent: JSON TerminalRequest. */
  'open-terminal': 'V',
  /** From the agent: the tunnel, or terminal, is open. */
  opened: 'U',
  /** To the agent: columns and rows (u16 each) of a terminal; back, without them, once its program was told. */
  resize: 'Z',
  /** Bytes of a tunnel or terminal. */
  data: 'D',
  /** How many bytes (u32) of the other side's `data` were taken: it may send as many more. */
  taken: 'A',
  /** No more `data` comes. */
  end: 'F',
  /** Neither side sends any more; from the agent with the reason where it is a failure. */
  close: 'C',
} as const;

/** The kind of a frame, by name. */
export type FrameKind = keyof typeof FRAME_KINDS;

/** The length of what comes before the payload, bytes. */
export const HEADER_BYTES = 9;

/** The longest payload that the server accepts. The agent sends at most half of it in one frame. */
export const MAX_FRAME_BYTES = 128 << 10;

/** How many bytes of a tunnel or terminal one side may have sent before the other says that it has taken them. */
export const WINDOW_BYTES = 256 << 10;

/** The longest file that the server writes into a container; a frame to the agent may be twice as long. */
export const MAX_WRITE_BYTES = 4 << 20;
