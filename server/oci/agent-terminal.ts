import type { FrameKind } from '../agent/frame-protocol.ts';
import { asTerminalEnd } from './agent-replies.ts';
import type { ContainerTerminal, TerminalRequest } from './container.ts';
import { Tunnel } from './tunnel.ts';

/** The most columns and rows: no screen has more, and programs allocate memory for each cell. */
const MAX_CELLS = 1000;
const COMMON_SIZE = { columns: 80, rows: 24 };

/** A terminal's access to the agent. */
export interface TerminalPort {
  send(kind: FrameKind, payload?: Uint8Array): void;
  /** Drops all further frames and frees the terminal's number. Idempotent. */
  forget(): void;
}

/** A terminal in a container. Its bytes are transferred like a tunnel's. */
export class AgentTerminal implements ContainerTerminal {
  readonly stream: Tunnel;
  readonly ended: Promise<{ exitCode: number }>;
  readonly #port: TerminalPort;
  readonly #exit = Promise.withResolvers<{ exitCode: number }>();
  /**
   * Whether the agent has not acknowledged the last size yet. Of those that arrive meanwhile, only the last is sent.
   */
  #isResizing = false;
  #nextSize: Uint8Array | undefined;

  /** `lost` rejects when the container has ended. */
  constructor(port: TerminalPort, request: TerminalRequest, lost: Promise<never>) {
    this.#port = port;
    // The stream may end before the agent has killed everything that ran in the terminal, so `forget` comes later.
    const stream = new Tunnel({ send: (kind, payload) => port.send(kind, payload), forget: () => undefined });
    stream.on('error', () => undefined); // without a listener an error would end the server
    lost.catch((failure: Error) => {
      port.forget();
      stream.destroy(failure);
    });
    const closed = new Promise((settle) => stream.once('close', settle));
    this.stream = stream;
    this.ended = Promise.race([lost, closed.then(() => this.#exit.promise)]);
    this.ended.catch(() => undefined); // no unhandled rejection when the caller no longer waits
    const size = sizeBytes(request.columns, request.rows) ? {} : COMMON_SIZE;
    port.send('open-terminal', Buffer.from(JSON.stringify({ ...request, ...size })));
  }

  resize(columns: number, rows: number): void {
    this.#nextSize = sizeBytes(columns, rows) ?? this.#nextSize;
    this.#sendSize();
  }

  /** Handles a frame from the agent. Throws RangeError when it violates the protocol. */
  receive(kind: FrameKind, payload: Buffer): void {
    if (kind === 'exit') {
      const end = asTerminalEnd(payload);
      this.#port.forget();
      this.#exit.resolve(end);
      this.#close();
    } else if (kind === 'resize') {
      if (!this.#isResizing) throw new RangeError('a terminal acknowledged a size that was not sent');
      this.#isResizing = false;
      this.#sendSize();
    } else if (kind !== 'opened' && kind !== 'data' && kind !== 'taken') {
      throw new RangeError(`a terminal frame of kind ${JSON.stringify(kind)}`);
    } else if (!this.stream.destroyed) {
      this.stream.receive(kind, payload);
    }
  }

  /** Ends the stream after what is buffered, or immediately when the reader has hung up. */
  #close(): void {
    if (this.stream.writableEnded) this.stream.destroy();
    this.stream.once('end', () => this.stream.destroy());
    this.stream.push(null);
  }

  #sendSize(): void {
    if (this.#isResizing || !this.#nextSize || this.stream.destroyed) return;
    this.#isResizing = true;
    this.#port.send('resize', this.#nextSize);
    this.#nextSize = undefined;
  }
}

/** Returns a size in the agent's format, or undefined when it is invalid. */
function sizeBytes(columns: number, rows: number): Buffer | undefined {
  if (![columns, rows].every((count) => Number.isInteger(count) && count >= 1 && count <= MAX_CELLS)) return undefined;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(columns, 0);
  bytes.writeUInt16BE(rows, 2);
  return bytes;
}
