import { Duplex } from 'node:stream';
import { WINDOW_BYTES, type FrameKind } from '../agent/frame-protocol.ts';

/** A tunnel's access to the agent. */
export interface TunnelPort {
  send(kind: FrameKind, payload?: Uint8Array): void;
  /** Drops all further frames of this tunnel. */
  forget(): void;
}

/**
 * A byte stream to a port in the container, with flow control in both directions. It also has the methods of a socket
 * that `pg` and `tls` call: `connect`, `setNoDelay`, `setKeepAlive`, `ref`, `unref`.
 */
export class Tunnel extends Duplex {
  readonly #port: TunnelPort;
  #isOpen = false;
  #window = WINDOW_BYTES;
  /** Bytes that were received but not acknowledged yet. */
  #owed = 0;
  #waiting: { bytes: Buffer; done: () => void } | undefined;

  constructor(port: TunnelPort) {
    super();
    this.#port = port;
  }

  /**
   * Called by `pg`. Does nothing, because `Container.connect` has already chosen the port.
   */
  connect(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  /** Handles a frame from the agent. Throws RangeError when it violates the protocol. */
  receive(kind: FrameKind, payload: Buffer): void {
    if (kind === 'opened') {
      this.#isOpen = true;
      this.emit('connect');
      this.emit('ready');
      this.#pump();
    } else if (kind === 'data') {
      this.#owed += payload.length;
      if (this.#owed > WINDOW_BYTES) throw new RangeError('a tunnel overran its window');
      if (this.push(payload)) this.#acknowledge();
    } else if (kind === 'taken') {
      this.#window += payload.readUInt32BE(0);
      if (this.#window > WINDOW_BYTES) throw new RangeError('a tunnel acknowledged too much');
      this.#pump();
    } else if (kind === 'end') {
      this.push(null);
    } else if (kind === 'close') {
      this.#port.forget();
      const reason = payload.toString('utf8');
      if (reason !== '' || !this.#isOpen) this.destroy(new Error(`connect: ${reason || 'closed'}`));
      else if (!this.readableEnded) {
        this.push(null);
        // What is buffered can still be read; the other direction has ended.
        this.once('end', () => this.destroy());
        if (this.#waiting) this.destroy(new Error('the connection was closed'));
      } else this.destroy();
    } else {
      throw new RangeError(`a tunnel frame of kind ${JSON.stringify(kind)}`);
    }
  }

  override _read(): void {
    this.#acknowledge();
  }

  override _write(bytes: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#waiting = { bytes, done };
    this.#pump();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#port.send('end');
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#waiting = undefined;
    this.#port.send('close');
    this.#port.forget();
    done(error);
  }

  #pump(): void {
    while (this.#isOpen && this.#waiting && this.#window > 0) {
      const { bytes, done } = this.#waiting;
      const part = bytes.subarray(0, Math.min(this.#window, 64 << 10));
      this.#window -= part.length;
      this.#port.send('data', part);
      if (part.length === bytes.length) {
        this.#waiting = undefined;
        done();
      } else {
        this.#waiting = { bytes: bytes.subarray(part.length), done };
      }
    }
  }

  #acknowledge(): void {
    if (this.#owed === 0) return;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.#owed);
    this.#owed = 0;
    this.#port.send('taken', count);
  }
}
