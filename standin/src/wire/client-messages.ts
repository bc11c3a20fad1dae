import type { Socket } from 'node:net';
import { encode } from '../protocol/encode.ts';
import { MessageReader, type Message } from '../protocol/message-reader.ts';
import { CLIENT } from '../protocol/message-types.ts';

const TERMINATE = encode(CLIENT.terminate);
/** Reading from the client stops while more than this is unread. */
const HIGH_WATER_BYTES = 1 << 20;

/** Reads a client's messages one by one. */
export class ClientMessages {
  readonly #socket: Socket;
  readonly #reader = new MessageReader();
  #unread = 0;
  #ended = false;
  /** Whether Terminate came last. */
  #saysGoodbye = false;
  #wake: () => void = () => undefined;
  #coming: Promise<Message | undefined> | undefined;
  /** Called when the client goes without Terminate: it may be waiting for an answer. */
  onGone: () => void = () => undefined;

  /** `rest` are bytes that came with the greeting. */
  constructor(socket: Socket, rest: Buffer) {
    this.#socket = socket;
    if (rest.length) this.#reader.push(rest);
    socket.on('data', (chunk) => this.#push(chunk));
    socket.on('close', () => {
      this.#ended = true;
      if (!this.#saysGoodbye) this.onGone();
      this.#wake();
    });
    socket.resume();
  }

  /** Removes and returns the next message; undefined when the client is gone. */
  async next(): Promise<Message | undefined> {
    const message = await this.peek();
    this.#coming = undefined;
    return message;
  }

  /** Returns the next message without removing it: COPY may end before it arrives. */
  async peek(): Promise<Message | undefined> {
    this.#coming ??= this.#read();
    return await this.#coming;
  }

  async #read(): Promise<Message | undefined> {
    for (;;) {
      const message = this.#reader.next();
      if (message) return message;
      if (this.#ended) return undefined;
      this.#unread = 0;
      const more = new Promise<void>((resolve) => (this.#wake = resolve));
      this.#socket.resume();
      await more;
    }
  }

  #push(chunk: Buffer): void {
    this.#reader.push(chunk);
    this.#saysGoodbye = chunk.subarray(-TERMINATE.length).equals(TERMINATE);
    this.#unread += chunk.length;
    if (this.#unread > HIGH_WATER_BYTES) this.#socket.pause();
    this.#wake();
  }
}
