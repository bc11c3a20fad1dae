import { once } from 'node:events';
import { WebSocket } from 'ws';
import { within } from '../../server/within.ts';
import { TERMINAL_WINDOW_BYTES } from '../../shared/limits.ts';
import type {
  TerminalBeginning,
  TerminalEnd,
  TerminalMessage,
  TerminalOpening,
} from '../../shared/terminal-protocol.ts';

const WAIT_MS = 30_000;

/** How a client behaves. */
export interface TerminalClientOptions extends Partial<TerminalOpening> {
  /** Acknowledge output at once as drawn; otherwise only when `draw` is called. */
  draws?: boolean;
}

/** The page's side of a terminal: types, and reads what arrives. */
export class TerminalClient {
  readonly socket: WebSocket;
  /** Resolves to the WebSocket's close code and reason. */
  readonly closed: Promise<{ code: number; reason: string }>;
  beginning: TerminalBeginning | undefined;
  ending: TerminalEnd | undefined;
  #pieces: Buffer[] = [];
  #shownBytes = 0;
  #drawnBytes = 0;
  /** How many bytes may be typed before the server acknowledges some. */
  credit = TERMINAL_WINDOW_BYTES;
  readonly #draws: boolean;
  #wake: () => void = () => undefined;

  /** Does not open a connection: see `openTerminal`. */
  constructor(target: { url: string; headers: Record<string, string> }, { draws = true }: TerminalClientOptions = {}) {
    this.#draws = draws;
    this.socket = new WebSocket(target.url, { headers: target.headers, perMessageDeflate: false });
    this.socket.on('message', (data: Buffer) => this.#receive(data));
    this.socket.on('error', () => undefined);
    this.closed = new Promise((settle) => {
      this.socket.once('close', (code, reason) => {
        settle({ code, reason: reason.toString() });
        this.#wake();
      });
    });
  }

  /** Everything shown so far, as text. */
  get text(): string {
    return Buffer.concat(this.#pieces).toString();
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  get shownBytes(): number {
    return this.#shownBytes;
  }

  /** What it would send to reconnect after a lost connection. */
  get from(): { key: string; bytes: number } {
    return { key: this.beginning?.key ?? '', bytes: (this.beginning?.bytes ?? 0) + this.#shownBytes };
  }

  /** Sends a message of that kind. */
  send(letter: TerminalMessage, content: Buffer | string = ''): void {
    this.socket.send(Buffer.concat([Buffer.from(letter), Buffer.from(content)]));
  }

  /** Types a text. */
  type(text: string): void {
    this.credit -= Buffer.byteLength(text);
    this.send('I', text);
  }

  resize(columns: number, rows: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt16BE(columns, 0);
    bytes.writeUInt16BE(rows, 2);
    this.send('S', bytes);
  }

  /** Tells the server that all output, or that many bytes of it, was drawn. */
  draw(bytes = this.#shownBytes - this.#drawnBytes): void {
    if (bytes === 0) return;
    this.#drawnBytes += bytes;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(bytes);
    this.send('T', count);
  }

  /** Drops what was shown, so that new output can be waited for; `shownBytes` stays. */
  clear(): void {
    this.#pieces = [];
  }

  /** Waits until `holds` returns true. Throws with the output at the deadline, or when the connection has closed. */
  async until(what: string, holds: () => boolean, waitMs = WAIT_MS): Promise<void> {
    const deadlineMs = performance.now() + waitMs;
    while (!holds()) {
      const leftMs = deadlineMs - performance.now();
      const isOver = this.socket.readyState === WebSocket.CLOSED;
      if (isOver || leftMs <= 0)
        throw new Error(
          `${isOver ? 'the terminal closed' : 'time was up'} while waiting until it ${what}; ` +
            `it showed ${JSON.stringify(this.text.slice(-500))}`,
        );
      await within(leftMs, new Promise<void>((settle) => (this.#wake = settle)));
    }
  }

  /** Waits until that text is shown. */
  async shows(text: string | RegExp): Promise<void> {
    await this.until(`shows ${String(text)}`, () =>
      typeof text === 'string' ? this.text.includes(text) : text.test(this.text),
    );
  }

  /** Waits for the end. */
  async ends(): Promise<TerminalEnd> {
    await this.until('ends', () => this.ending !== undefined);
    return this.ending!;
  }

  /** Breaks the connection. */
  async drop(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  #receive(data: Buffer): void {
    const letter = String.fromCharCode(data[0]!);
    const content = data.subarray(1);
    if (letter === 'B') this.beginning = JSON.parse(content.toString()) as TerminalBeginning;
    else if (letter === 'E') this.ending = JSON.parse(content.toString()) as TerminalEnd;
    else if (letter === 'T') this.credit += content.readUInt32BE(0);
    else if (letter === 'D') {
      this.#pieces.push(Buffer.from(content));
      this.#shownBytes += content.length;
      if (this.#draws) this.draw();
    }
    this.#wake();
  }
}

/** Opens a terminal and returns it once it has begun. Throws when the server refuses it. */
export async function openTerminal(
  target: { url: string; headers: Record<string, string> },
  options: TerminalClientOptions = {},
): Promise<TerminalClient> {
  const client = new TerminalClient(target, options);
  await Promise.race([once(client.socket, 'open'), client.closed]);
  const { draws: _, ...opening } = options;
  client.send('O', JSON.stringify({ columns: 80, rows: 24, ...opening }));
  await client.until('begins', () => client.beginning !== undefined || client.ending !== undefined);
  return client;
}
