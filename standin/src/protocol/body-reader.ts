/** Reads the parts of a message's body one after the other. Throws RangeError where the body is too short. */
export class BodyReader {
  readonly body: Buffer;
  at = 0;

  constructor(body: Buffer) {
    this.body = body;
  }

  /** Whether all of the body was read. */
  get ended(): boolean {
    return this.at >= this.body.length;
  }

  int16(): number {
    const value = this.body.readInt16BE(this.at);
    this.at += 2;
    return value;
  }

  int32(): number {
    const value = this.body.readInt32BE(this.at);
    this.at += 4;
    return value;
  }

  /** One byte, as a character. */
  letter(): string {
    return this.bytes(1).toString('latin1');
  }

  /** A string up to the NUL that ends it. */
  text(): string {
    const end = this.body.indexOf(0, this.at);
    if (end < 0) throw new RangeError('a string of the message has no end');
    const value = this.body.toString('utf8', this.at, end);
    this.at = end + 1;
    return value;
  }

  bytes(size: number): Buffer {
    if (size < 0 || this.at + size > this.body.length) throw new RangeError('a value of the message is longer than it');
    this.at += size;
    return this.body.subarray(this.at - size, this.at);
  }

  /** Everything that has not been read yet. */
  rest(): Buffer {
    return this.bytes(this.body.length - this.at);
  }
}
