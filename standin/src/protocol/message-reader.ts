/** One message of PostgreSQL's protocol: its type byte and what follows its length. */
export interface Frame {
  type: string;
  body: Buffer;
}

/** As CockroachDB: `sql.conn.max_read_buffer_message_size` is 16 MiB. A longer message ends the connection. */
export const MESSAGE_CAP_BYTES = 16 << 20;

/** Cuts a stream of bytes into messages. Throws when a length is impossible or above the cap. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** The next `size` bytes, once they have come; nothing is taken before. */
  take(size: number): Buffer | undefined {
    const head = this.#peek(size);
    if (!head) return undefined;
    this.#chunks[0] = head.subarray(size);
    if (!this.#chunks[0].length) this.#chunks.shift();
    this.#size -= size;
    return head.subarray(0, size);
  }

  next(): Frame | undefined {
    const head = this.#peek(5);
    if (!head) return undefined;
    const size = head.readInt32BE(1) + 1;
    if (size < 5 || size > MESSAGE_CAP_BYTES) throw new Error(`message size ${size - 1} out of bounds`);
    const bytes = this.take(size);
    return bytes && { type: String.fromCharCode(bytes[0]!), body: bytes.subarray(5) };
  }

  /** A message without a type byte: its length and the rest, as a connection starts. `capBytes` bounds it. */
  nextStartup(capBytes: number): Buffer | undefined {
    const head = this.#peek(4);
    if (!head) return undefined;
    const size = head.readInt32BE(0);
    if (size < 8 || size > capBytes) throw new Error(`message size ${size} out of bounds`);
    return this.take(size)?.subarray(4);
  }

  /** What has come and was not taken. */
  rest(): Buffer {
    const rest = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#size = 0;
    return rest;
  }

  #peek(size: number): Buffer | undefined {
    if (this.#size < size) return undefined;
    if (this.#chunks[0]!.length < size) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0];
  }
}
