/** One message of PostgreSQL's protocol. */
export interface Message {
  type: string;
  /** What follows its length. */
  body: Buffer;
  /** All of it, to be passed on as it came. */
  bytes: Buffer;
  /** Whether it was above the cap: then it is empty. */
  isSkipped?: true;
}

/** As in CockroachDB, where `sql.conn.max_read_buffer_message_size` is 16 MiB. A longer message ends the connection. */
export const MESSAGE_CAP_BYTES = 16 << 20;

const LENGTH_BYTES = 4;
const HEAD_BYTES = 1 + LENGTH_BYTES;
const MIN_STARTUP_BYTES = 8;

/** Cuts a stream of bytes into messages. Throws Error when a length is impossible or above the cap. */
export class MessageReader {
  #chunks: Buffer[] = [];
  #size = 0;
  /** How many bytes of a message above the cap are still to come. */
  #toSkip = 0;
  readonly #skipsLarge: boolean;

  /** With `skipsLarge`, a message above the cap is left out, and no error. */
  constructor({ skipsLarge = false } = {}) {
    this.#skipsLarge = skipsLarge;
  }

  push(chunk: Buffer): void {
    const kept = chunk.subarray(this.#toSkip);
    this.#toSkip -= chunk.length - kept.length;
    if (!kept.length) return;
    this.#chunks.push(kept);
    this.#size += kept.length;
  }

  /** Returns the next message; undefined until all of it has arrived. */
  next(): Message | undefined {
    const head = this.#peek(HEAD_BYTES);
    if (!head) return undefined;
    const size = head.readInt32BE(1) + 1;
    if (size > MESSAGE_CAP_BYTES && this.#skipsLarge) return this.#skip(size);
    if (size < HEAD_BYTES || size > MESSAGE_CAP_BYTES) throw new Error(`message size ${size - 1} out of bounds`);
    const bytes = this.#take(size);
    return bytes && { type: String.fromCharCode(bytes[0]!), body: bytes.subarray(HEAD_BYTES), bytes };
  }

  /**
   * Returns a message without a type byte, as the first of a connection is: what follows its length. It may have at
   * most `capBytes`.
   */
  nextStartup(capBytes: number): Buffer | undefined {
    const head = this.#peek(LENGTH_BYTES);
    if (!head) return undefined;
    const size = head.readInt32BE(0);
    if (size < MIN_STARTUP_BYTES || size > capBytes) throw new Error(`message size ${size} out of bounds`);
    return this.#take(size)?.subarray(LENGTH_BYTES);
  }

  /** Removes and returns all bytes that have arrived and were not read. */
  rest(): Buffer {
    const rest = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#size = 0;
    return rest;
  }

  /** Leaves out a message of that size, which has arrived in part. */
  #skip(size: number): Message {
    const type = String.fromCharCode(this.#chunks[0]![0]!);
    const arrived = this.rest();
    this.#toSkip = size;
    this.push(arrived);
    const nothing = Buffer.alloc(0);
    return { type, body: nothing, bytes: nothing, isSkipped: true };
  }

  #take(size: number): Buffer | undefined {
    const head = this.#peek(size);
    if (!head) return undefined;
    this.#chunks[0] = head.subarray(size);
    if (!this.#chunks[0].length) this.#chunks.shift();
    this.#size -= size;
    return head.subarray(0, size);
  }

  #peek(size: number): Buffer | undefined {
    if (this.#size < size) return undefined;
    if (this.#chunks[0]!.length < size) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0];
  }
}
