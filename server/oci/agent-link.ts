import type { Duplex } from 'node:stream';
import type { FrameKind } from '../agent/frame-protocol.ts';
import { encodeFrame, FrameDecoder } from '../agent/frames.ts';

/** How often the agent is pinged. */
const PING_MS = 5000;
/**
 * How many pings may go unanswered: 20 s, for busy machines. They are counted rather than timed, because a server that
 * is blocked itself neither sends pings nor receives answers.
 */
const MAX_UNANSWERED = 4;

/** Receives the frames of one stream id. It throws when the agent violates the protocol. */
export type FrameHandler = (kind: FrameKind, payload: Buffer) => void;

/**
 * The server's end of the socket to an agent: sends frames, passes received ones on by stream id, and notices when the
 * agent has gone.
 */
export class AgentLink {
  /** Resolves to the reason when the link has closed. */
  readonly closed: Promise<string>;
  readonly #socket: Duplex;
  readonly #handlers = new Map<number, FrameHandler>();
  #nextStream = 1;
  #close: (reason: string) => void = () => undefined;
  #isClosed = false;
  #ping: NodeJS.Timeout;

  /** `onOwn` receives the frames of stream 0, which are about the container itself. */
  constructor(socket: Duplex, onOwn: FrameHandler) {
    this.#socket = socket;
    this.closed = new Promise((settle) => {
      this.#close = settle;
    });
    const reader = new FrameDecoder((kind, stream, payload) => {
      if (kind === 'ping') return;
      if (stream === 0) onOwn(kind, payload);
      else this.#handlers.get(stream)?.(kind, payload); // frames may arrive late for a stream that was forgotten
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
      if (unanswered >= MAX_UNANSWERED) return this.close('the agent did not answer');
      unanswered += 1;
      this.send('ping', 0);
    }, PING_MS);
    this.#ping.unref();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Returns a new stream id, whose frames go to `handler` until `forget`. */
  open(handler: FrameHandler): number {
    const stream = this.#nextStream;
    this.#nextStream += 1;
    this.#handlers.set(stream, handler);
    return stream;
  }

  /** Drops all further frames of a stream. */
  forget(stream: number): void {
    this.#handlers.delete(stream);
  }

  /** Sends a frame; does nothing when the link has closed. */
  send(kind: FrameKind, stream: number, payload?: Uint8Array): void {
    if (!this.#isClosed) this.#socket.write(encodeFrame(kind, stream, payload));
  }

  /** Closes the link, which also ends the agent. Idempotent; the first reason counts. */
  close(reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#ping);
    this.#socket.destroy();
    this.#close(reason);
  }
}
