import type { Duplex } from 'node:stream';
import type { FrameKind } from '../agent/frame-protocol.ts';
import { encodeFrame, FrameDecoder } from '../agent/frames.ts';

/** How often the agent is asked whether it lives. */
const PING_MS = 5000;
/**
 * How many of these may go unanswered, which is 20 s on a crowded machine. Counted, not timed: while this process
 * itself is held up, it neither asks nor hears the answers.
 */
const MOST_UNANSWERED = 4;

/** What takes the frames of one stream id. A throw of it means that the agent broke the protocol. */
export type FrameHandler = (kind: FrameKind, payload: Buffer) => void;

/**
 * Our end of the socket to an agent: sends frames, hands frames on by stream id, and notices when the other side is
 * gone.
 */
export class AgentLink {
  /** Settles with the reason when the link is over. */
  readonly closed: Promise<string>;
  readonly #socket: Duplex;
  readonly #handlers = new Map<number, FrameHandler>();
  #nextStream = 1;
  #close: (reason: string) => void = () => undefined;
  #isClosed = false;
  #ping: NodeJS.Timeout;

  /** `onOwn` takes the frames of stream 0: those about the container itself. */
  constructor(socket: Duplex, onOwn: FrameHandler) {
    this.#socket = socket;
    this.closed = new Promise((settle) => {
      this.#close = settle;
    });
    const reader = new FrameDecoder((kind, stream, payload) => {
      if (kind === 'ping') return;
      if (stream === 0) onOwn(kind, payload);
      else this.#handlers.get(stream)?.(kind, payload); // unknown: late frames of what is over
    });
    let unanswered = 0;
    socket.on('data', (bytes: Buffer) => {
      unanswered = 0;
      try {
        if (!this.#isClosed) reader.push(bytes);
      } catch (failure) {
        this.close(`the agent broke the protocol: ${String(failure)}`);
      }
    });
    socket.once('close', () => this.close('the agent is gone'));
    this.#ping = setInterval(() => {
      if (unanswered >= MOST_UNANSWERED) return this.close('the agent did not answer');
      unanswered += 1;
      this.send('ping', 0);
    }, PING_MS);
    this.#ping.unref();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Takes a new stream id. The returned number is `handler`'s until `forget`. */
  open(handler: FrameHandler): number {
    const stream = this.#nextStream;
    this.#nextStream += 1;
    this.#handlers.set(stream, handler);
    return stream;
  }

  forget(stream: number): void {
    this.#handlers.delete(stream);
  }

  /** Sends a frame; does nothing when the link is over. */
  send(kind: FrameKind, stream: number, payload?: Uint8Array): void {
    if (!this.#isClosed) this.#socket.write(encodeFrame(kind, stream, payload));
  }

  /** Ends the link, and with it the agent. Idempotent; the first reason stays. */
  close(reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#ping);
    this.#socket.destroy();
    this.#close(reason);
  }
}
