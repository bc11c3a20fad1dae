/**
 * The protocol between the server and a container's agent: frames over one socket. A frame is 1 byte kind, u32 stream
 * id, u32 payload length (big-endian), payload. `agent.py` and `link.py` are the other side.
 *
 * | kind | to the agent                        | from the agent                              |
 * |------|-------------------------------------|---------------------------------------------|
 * | H    |                                     | hello: JSON, what confines it               |
 * | P    | ping                                | pong                                        |
 * | R    | run: JSON ProcessRequest            |                                             |
 * | K    | kill a run                          |                                             |
 * | L    | kill all of the reader's: why       |                                             |
 * | O, S |                                     | bytes of a run's stdout, stderr             |
 * | X    |                                     | a run's end: JSON ProcessEnd                |
 * | M    | preload: JSON list of modules       | (answered by Y or N)                        |
 * | E    | start the engine: JSON {argv, env}  | (Y or N)                                    |
 * | Q    |                                     | the engine's end: JSON {exitCode, log}      |
 * | W    | write: u32 length, JSON head, bytes | (Y or N)                                    |
 * | G    | read: JSON {account, path, maxBytes}| B: bytes, any number of times; then Y, or N |
 * | Y, N |                                     | yes; no, with the reason                    |
 * | T    | open a tunnel: u16 port             | the tunnel, or terminal, is open            |
 * | V    | open a terminal: JSON               | (T; at last X: JSON {exitCode})             |
 * |      | TerminalRequest                     |                                             |
 * | Z    | its size: u16 columns, u16 rows     | the program was told                        |
 * | D    | bytes of a tunnel or terminal       | same                                        |
 * | A    | u32 bytes of it were taken          | same                                        |
 * | F, C | end of one direction; close         | same; C with the reason of a failure        |
 */
export type FrameKind =
  | 'H'
  | 'P'
  | 'R'
  | 'K'
  | 'L'
  | 'O'
  | 'S'
  | 'X'
  | 'M'
  | 'E'
  | 'Q'
  | 'W'
  | 'G'
  | 'B'
  | 'Y'
  | 'N'
  | 'V'
  | 'Z'
  | 'T'
  | 'D'
  | 'A'
  | 'F'
  | 'C';

/** The longest payload that the server accepts. The agent sends at most half of it in one frame. */
export const MAX_FRAME_BYTES = 128 << 10;

/**
 * Bytes of a tunnel or terminal that may be on their way in one direction before the other side has taken them. Same in
 * flow.py.
 */
export const WINDOW_BYTES = 256 << 10;

const HEADER_BYTES = 9;

/** One frame as bytes. */
export function encodeFrame(kind: FrameKind, stream: number, payload: Uint8Array = new Uint8Array()): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  frame.write(kind, 0, 'latin1');
  frame.writeUInt32BE(stream, 1);
  frame.writeUInt32BE(payload.length, 5);
  frame.set(payload, HEADER_BYTES);
  return frame;
}

/**
 * Cuts a byte stream into frames. The bytes are hostile: a length above the cap throws before anything is kept of it.
 */
export class FrameReader {
  #parts: Buffer[] = [];
  #size = 0;
  readonly #onFrame: (kind: string, stream: number, payload: Buffer) => void;

  constructor(onFrame: (kind: string, stream: number, payload: Buffer) => void) {
    this.#onFrame = onFrame;
  }

  /**
   * Takes the next bytes and hands on the frames that they complete. Throws RangeError for a frame that is too long.
   */
  push(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    while (this.#size >= HEADER_BYTES) {
      const head = this.#peek(HEADER_BYTES);
      const length = head.readUInt32BE(5);
      if (length > MAX_FRAME_BYTES) throw new RangeError(`a frame of ${length} bytes`);
      if (this.#size < HEADER_BYTES + length) return;
      const frame = this.#peek(HEADER_BYTES + length);
      this.#drop(HEADER_BYTES + length);
      this.#onFrame(
        String.fromCharCode(frame[0] ?? 0),
        frame.readUInt32BE(1),
        frame.subarray(HEADER_BYTES, HEADER_BYTES + length),
      );
    }
  }

  /** At least `size` bytes in one piece; joins parts only when the first is too short. */
  #peek(size: number): Buffer {
    const [first] = this.#parts;
    if (first !== undefined && first.length >= size) return first;
    const joined = Buffer.concat(this.#parts);
    this.#parts = [joined];
    return joined;
  }

  #drop(size: number): void {
    const [first = Buffer.alloc(0), ...rest] = this.#parts;
    this.#parts = first.length === size ? rest : [first.subarray(size), ...rest];
    this.#size -= size;
  }
}
