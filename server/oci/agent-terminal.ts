import type { FrameKind } from '../agent/frame-protocol.ts';
import { asTerminalEnd } from './agent-replies.ts';
import type { ContainerTerminal, TerminalRequest } from './container.ts';
import { Tunnel } from './tunnel.ts';

/** No screen is larger, and programs set memory aside for each cell. */
const MOST_CELLS = 1000;
const COMMON_SIZE = { columns: 80, rows: 24 };

/** How a terminal reaches the agent. */
export interface TerminalPort {
  send(kind: FrameKind, payload?: Uint8Array): void;
  /** The agent has done with it, or is gone: no more frames come, and another one may have its number. Idempotent. */
  forget(): void;
}

/** A terminal of a container. Its bytes flow as a tunnel's do. */
export class AgentTerminal implements ContainerTerminal {
  readonly stream: Tunnel;
  readonly ended: Promise<{ exitCode: number }>;
  readonly #port: TerminalPort;
  readonly #exit = Promise.withResolvers<{ exitCode: number }>();
  /** The agent takes one size at a time; of those that come meanwhile, it hears the last. */
  #isResizing = false;
  #nextSize: Uint8Array | undefined;

  /** `lost` rejects when the container is no more. */
  constructor(port: TerminalPort, request: TerminalRequest, lost: Promise<never>) {
    this.#port = port;
    // That the stream is over does not mean that the agent has done with what ran there.
    const stream = new Tunnel({ send: (kind, payload) => port.send(kind, payload), forget: () => undefined });
    stream.on('error', () => undefined); // those who care listen too; nobody listening must not be fatal
    lost.catch((failure: Error) => {
      port.forget();
      stream.destroy(failure);
    });
    const closed = new Promise((settle) => stream.once('close', settle));
    this.stream = stream;
    this.ended = Promise.race([lost, closed.then(() => this.#exit.promise)]);
    this.ended.catch(() => undefined); // a caller who has turned away must not bring the server down
    const size = sizeBytes(request.columns, request.rows) ? {} : COMMON_SIZE;
    port.send('open-terminal', Buffer.from(JSON.stringify({ ...request, ...size })));
  }

  resize(columns: number, rows: number): void {
    this.#nextSize = sizeBytes(columns, rows) ?? this.#nextSize;
    this.#tellSize();
  }

  /** Takes a frame of the agent. Throws RangeError when it breaks the protocol. */
  receive(kind: FrameKind, payload: Buffer): void {
    if (kind === 'exit') {
      const end = asTerminalEnd(payload);
      this.#port.forget();
      this.#exit.resolve(end);
      this.#close();
    } else if (kind === 'resize') {
      if (!this.#isResizing) throw new RangeError('a terminal took a size that it was not told');
      this.#isResizing = false;
      this.#tellSize();
    } else if (kind !== 'opened' && kind !== 'data' && kind !== 'taken') {
      throw new RangeError(`a terminal frame of kind ${JSON.stringify(kind)}`);
    } else if (!this.stream.destroyed) {
      this.stream.receive(kind, payload);
    }
  }

  /** Whoever reads gets what is there; who hung up reads no more. */
  #close(): void {
    if (this.stream.writableEnded) this.stream.destroy();
    this.stream.once('end', () => this.stream.destroy());
    this.stream.push(null);
  }

  #tellSize(): void {
    if (this.#isResizing || !this.#nextSize || this.stream.destroyed) return;
    this.#isResizing = true;
    this.#port.send('resize', this.#nextSize);
    this.#nextSize = undefined;
  }
}

/** A size as the agent takes it, undefined when it makes no sense. */
function sizeBytes(columns: number, rows: number): Buffer | undefined {
  if (![columns, rows].every((count) => Number.isInteger(count) && count >= 1 && count <= MOST_CELLS)) return undefined;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(columns, 0);
  bytes.writeUInt16BE(rows, 2);
  return bytes;
}
