import { FRAME_KINDS, HEADER_BYTES, MAX_FRAME_BYTES, type FrameKind } from './frame-protocol.ts';

const KINDS_BY_LETTER: ReadonlyMap<string, FrameKind> = new Map(
  Object.entries(FRAME_KINDS).map(([kind, letter]) => [letter, kind as FrameKind]),
);

/** Returns one frame as bytes. */
export function encodeFrame(kind: FrameKind, stream: number, payload: Uint8Array = new Uint8Array()): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  frame.write(FRAME_KINDS[kind], 0, 'latin1');
  frame.writeUInt32BE(stream, 1);
  frame.writeUInt32BE(payload.length, 5);
  frame.set(payload, HEADER_BYTES);
  return frame;
}

/**
 * Splits a stream of bytes into frames. The bytes are hostile: a length above the limit throws before any of the
 * payload is stored.
 */
export class FrameDecoder {
  #parts: Buffer[] = [];
  #size = 0;
  readonly #onFrame: (kind: FrameKind, stream: number, payload: Buffer) => void;

  constructor(onFrame: (kind: FrameKind, stream: number, payload: Buffer) => void) {
    this.#onFrame = onFrame;
  }

  /**
   * Takes the next bytes and passes on the frames that they complete. Throws RangeError for a frame that is too long or
   * has an unknown kind.
   */
  push(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    while (this.#size >= HEADER_BYTES) {
      const head = this.#peek(HEADER_BYTES);
      const length = head.readUInt32BE(5);
      const letter = String.fromCharCode(head[0] ?? 0);
      const kind = KINDS_BY_LETTER.get(letter);
      if (kind === undefined) throw new RangeError(`a frame of kind ${JSON.stringify(letter)}`);
      if (length > MAX_FRAME_BYTES) throw new RangeError(`a frame of ${length} bytes`);
      if (this.#size < HEADER_BYTES + length) return;
      const frame = this.#peek(HEADER_BYTES + length);
      this.#drop(HEADER_BYTES + length);
      this.#onFrame(kind, frame.readUInt32BE(1), frame.subarray(HEADER_BYTES, HEADER_BYTES + length));
    }
  }

  /** Returns at least `size` bytes in one piece; joins parts only when the first is too short. */
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
