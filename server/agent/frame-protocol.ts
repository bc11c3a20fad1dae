/**
 * The protocol between the server and a container's agent: frames over one socket. A frame is a kind (one letter), a
 * stream id (u32), the length of the payload (u32), and the payload; numbers are big-endian. Each question, process,
 * terminal and tunnel has its own stream id; stream 0 is the container itself. The agent has the same kinds and sizes
 * in `frame_protocol.py`; `tests/server/agent/frame-protocol.test.ts` compares them.
 */
export const FRAME_KINDS = {
  /** From the agent, once: JSON, its seccomp mode, capabilities and pid. */
  hello: 'H',
  /** To the agent, which sends it back unchanged. */
  ping: 'P',
  /** From the agent: the request succeeded. */
  yes: 'Y',
  /** From the agent: the request failed; the payload is the reason. */
  no: 'N',

  /** To the agent: JSON ProcessRequest. `stdout` and `stderr` follow, then one `exit`. */
  'start-process': 'R',
  /** To the agent: kills that process, and everything of its account. */
  'kill-process': 'K',
  /** To the agent: kills everything that the reader runs; the payload is a sentence that says why. */
  'kill-reader': 'L',
  /** From the agent: bytes that a process wrote. */
  stdout: 'O',
  /** From the agent: bytes that a process wrote. */
  stderr: 'S',
  /** From the agent: JSON, how a process ended (ProcessEnd), or a terminal's program ({exitCode}). */
  exit: 'X',
  /** To the agent: JSON, the modules that Python programs should find imported. Answered by yes or no. */
  preload: 'M',

  /** To the agent: JSON {argv, env}. Answered by yes or no. */
  'start-engine': 'E',
  /** From the agent: JSON {exitCode, log}. */
  'engine-exit': 'Q',

  /** To the agent: length (u32) of a JSON head {account, path, mode}, the head, the bytes. Answered by yes or no. */
  'write-file': 'W',
  /** To the agent: JSON {account, path, maxBytes}. Answered by any number of `file-bytes`, then yes; or by no. */
  'read-file': 'G',
  /** From the agent: a part of the file. */
  'file-bytes': 'B',

  /** To the agent: a port (u16) on the container's loopback interface. */
  'open-tunnel': 'T',
  /** To the agent: JSON TerminalRequest. */
  'open-terminal': 'V',
  /** From the agent: the tunnel or terminal is open. */
  opened: 'U',
  /** To the agent: a terminal's columns and rows (u16 each). Sent back, without payload, once the size is set. */
  resize: 'Z',
  /** Bytes of a tunnel or terminal. */
  data: 'D',
  /** How many bytes (u32) of the other side's `data` were taken; it may send as many more. */
  taken: 'A',
  /** The sender will send no more `data`. */
  end: 'F',
  /** Closes the stream in both directions; from the agent with the reason when it is a failure. */
  close: 'C',
} as const;

/** The kind of a frame, by name. */
export type FrameKind = keyof typeof FRAME_KINDS;

/** The length of a frame's header, bytes. */
export const HEADER_BYTES = 9;

/** The longest payload that the server accepts. The agent sends at most half of it in one frame. */
export const MAX_FRAME_BYTES = 128 << 10;

/** How many bytes of a tunnel or terminal one side may send before the other acknowledges them with `taken`. */
export const WINDOW_BYTES = 256 << 10;

/** The longest file that the server writes into a container; a frame to the agent may be twice as long. */
export const MAX_WRITE_BYTES = 4 << 20;
