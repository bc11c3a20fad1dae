import { once } from 'node:events';
import { WebSocket } from 'ws';
import { inTime } from '../../server/in-time.ts';
import type { TerminalBeginning, TerminalEnd, TerminalMessage, TerminalOpening } from '../../shared/protocol.ts';

const WAIT_MS = 30_000;
const WINDOW_BYTES = 128 * 1024;

/** How a client behaves. */
export interface TerminalClientOptions extends Partial<TerminalOpening> {
  /** Tells the server at once that it has drawn what came; else when `draw` is called. */
  draws?: boolean;
}

/** A page's side of a terminal: it types, and reads what comes. */
export class TerminalClient {
  readonly socket: WebSocket;
  /** Settles with the code and the reason. */
  readonly closed: Promise<{ code: number; reason: string }>;
  beginning: TerminalBeginning | undefined;
  ending: TerminalEnd | undefined;
  #pieces: Buffer[] = [];
  #shownBytes = 0;
  #drawnBytes = 0;
  /** Bytes that may be typed. */
  credit = WINDOW_BYTES;
  readonly #draws: boolean;
  #wake: () => void = () => undefined;

  /** Opens nothing yet: see `openTerminal`. */
  constructor(target: { url: string; headers: Record<string, string> }, { draws = true }: TerminalClientOptions = {}) {
    this.#draws = draws;
    this.socket = new WebSocket(target.url, { headers: target.headers, perMessageDeflate: false });
    this.socket.on('message', (data: Buffer) => this.#hear(data));
    this.socket.on('error', () => undefined);
    this.closed = new Promise((settle) => {
      this.socket.once('close', (code, reason) => {
        settle({ code, reason: reason.toString() });
        this.#wake();
      });
    });
  }

  /** All that was shown so far, as text. */
  get text(): string {
    return Buffer.concat(this.#pieces).toString();
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  get shownBytes(): number {
    return this.#shownBytes;
  }

  /** How it would come back. */
  get from(): { key: string; bytes: number } {
    return { key: this.beginning?.key ?? '', bytes: (this.beginning?.bytes ?? 0) + this.#shownBytes };
  }

  send(letter: TerminalMessage, content: Buffer | string = ''): void {
    this.socket.send(Buffer.concat([Buffer.from(letter), Buffer.from(content)]));
  }

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

  /** Tells that everything that came was drawn, or so many bytes of it. */
  draw(bytes = this.#shownBytes - this.#drawnBytes): void {
    if (bytes === 0) return;
    this.#drawnBytes += bytes;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(bytes);
    this.send('T', count);
  }

  /** Forgets what was shown, so that what comes next can be waited for; it stays counted. */
  clear(): void {
    this.#pieces = [];
  }

  /** Waits until that holds. Throws with what was shown when it does not in time, or no more can come. */
  async until(what: string, holds: () => boolean): Promise<void> {
    const deadlineMs = performance.now() + WAIT_MS;
    while (!holds()) {
      const leftMs = deadlineMs - performance.now();
      const isOver = this.socket.readyState === WebSocket.CLOSED;
      if (isOver || leftMs <= 0)
        throw new Error(
          `a terminal in vain ${isOver ? 'closed' : 'late'}: ${what}; it showed ${JSON.stringify(this.text.slice(-500))}`,
        );
      await inTime(leftMs, new Promise<void>((settle) => (this.#wake = settle)));
    }
  }

  /** Waits for that text among what is shown. */
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

  /** The connection breaks. */
  async drop(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  #hear(data: Buffer): void {
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

/** A terminal that has begun. Throws when it was refused. */
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
