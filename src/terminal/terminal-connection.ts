import { TERMINAL_WINDOW_BYTES } from '../../shared/limits.ts';
import type { TerminalBeginning, TerminalEnd, TerminalOpening } from '../../shared/terminal-protocol.ts';
import { drawnMessage, inputMessage, openingMessage, readMessage, sizeMessage } from './socket-messages.ts';

/** Pauses before each attempt to reconnect, in milliseconds; the last one is repeated. */
export const BACK_OFF_MS: readonly number[] = [250, 500, 1000, 2000, 4000, 8000];
/** How long the connection and the server's first message may take. */
const OPEN_MS = 20_000;
/**
 * How long nothing may arrive after keys were sent. The connection may then be broken without notice. If it was not,
 * reconnecting does not show.
 */
const SILENT_MS = 20_000;
/** Drawn bytes are acknowledged in batches of this size, or after a pause. */
const ACKNOWLEDGE_BYTES = 16_384;
const ACKNOWLEDGE_MS = 40;
/** The most bytes of input in one message. */
const PIECE_BYTES = 16_384;

/** The parts of a WebSocket that a terminal uses. */
export type Socket = Pick<
  WebSocket,
  'binaryType' | 'send' | 'close' | 'readyState' | 'onopen' | 'onmessage' | 'onclose'
>;

/** The callbacks of a connection. */
export interface Listener {
  /** Returns the opening message, with what has been received so far. Called before each attempt. */
  opening: () => TerminalOpening;
  /** The output that follows continues what was drawn if `continues`; otherwise the screen starts empty. */
  begin: (beginning: TerminalBeginning, continues: boolean) => void;
  /** Output of the program. Call `drawn` when it is on the screen. */
  data: (bytes: Uint8Array<ArrayBuffer>, drawn: () => void) => void;
  /** The terminal has ended. There are no further attempts. */
  end: (end: TerminalEnd) => void;
  /** The connection is broken; the next attempt follows after `nextMs`. */
  away: (nextMs: number) => void;
}

/**
 * The connection to one terminal. Reconnects when it breaks, and respects the flow control window in both directions.
 */
export class TerminalConnection {
  readonly #connect: () => Socket;
  readonly #listener: Listener;
  #socket: Socket | undefined;
  /** The opening message of the current connection. */
  #asked: TerminalOpening | undefined;
  #isLive = false;
  #isOver = false;
  #failures = 0;
  #queue: Uint8Array[] = [];
  /** How many bytes of input the server still accepts. */
  #room = 0;
  /** Drawn bytes that are not acknowledged yet. */
  #drawn = 0;
  #acknowledging: ReturnType<typeof setTimeout> | undefined;
  #retrying: ReturnType<typeof setTimeout> | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(connect: () => Socket, listener: Listener) {
    this.#connect = connect;
    this.#listener = listener;
  }

  /** Connects now, even if an attempt is scheduled for later. */
  open(): void {
    clearTimeout(this.#retrying);
    this.#drop();
    this.#isOver = false;
    const socket = (this.#socket = this.#connect());
    socket.binaryType = 'arraybuffer';
    this.#watch(OPEN_MS);
    socket.onopen = () => socket.send(openingMessage((this.#asked = this.#listener.opening())));
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => socket === this.#socket && this.#hear(data, socket);
    socket.onclose = () => socket === this.#socket && this.#break();
  }

  /**
   * Sends input to the program. It waits while the connection is broken, and while the server has not accepted earlier
   * input.
   */
  send(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) this.#queue.push(bytes.subarray(at, at + PIECE_BYTES));
    this.#flush();
  }

  /**
   * Sends an automatic answer to the program. Drops it if it would have to wait or take the room of the reader's input:
   * a program that asks without end might never read it.
   */
  answer(bytes: Uint8Array): void {
    if (this.#isLive && this.#queue.length === 0 && this.#room - bytes.length >= TERMINAL_WINDOW_BYTES / 2)
      this.#sendNow(bytes);
  }

  resize(columns: number, rows: number): void {
    if (this.#isLive) this.#socket?.send(sizeMessage(columns, rows));
  }

  /** Treats the connection as broken, because the browser has lost its network. */
  lose(): void {
    if (!this.#isOver && this.#socket) this.#break();
  }

  /** Disconnects. The terminal's program keeps running. */
  close(): void {
    this.#isOver = true;
    clearTimeout(this.#retrying);
    this.#drop();
  }

  #hear(data: ArrayBuffer, socket: Socket): void {
    clearTimeout(this.#late);
    const heard = readMessage(data);
    switch (heard?.type) {
      case 'begin':
        return this.#begin(heard.beginning);
      case 'data':
        return this.#listener.data(heard.bytes, () => socket === this.#socket && this.#acknowledge(heard.bytes.length));
      case 'taken':
        this.#room += heard.bytes;
        return this.#flush();
      case 'end':
        this.close();
        return this.#listener.end(heard.end);
      case undefined:
        return;
    }
  }

  #begin(beginning: TerminalBeginning): void {
    const from = this.#asked?.from;
    const continues = from !== undefined && from.key === beginning.key && from.bytes === beginning.bytes;
    // Input for another program must not go to this one.
    if (from !== undefined && from.key !== beginning.key) this.#queue = [];
    this.#isLive = true;
    this.#failures = 0;
    this.#room = TERMINAL_WINDOW_BYTES;
    this.#drawn = 0;
    this.#listener.begin(beginning, continues);
    const { columns, rows } = this.#listener.opening();
    if (columns !== this.#asked?.columns || rows !== this.#asked.rows) this.resize(columns, rows);
    this.#flush();
  }

  #flush(): void {
    if (!this.#isLive) return;
    let hasSent = false;
    for (let next = this.#queue[0]; next && next.length <= this.#room; next = this.#queue[0]) {
      this.#queue.shift();
      this.#sendNow(next);
      hasSent = true;
    }
    if (hasSent) this.#watch(SILENT_MS);
  }

  #sendNow(bytes: Uint8Array): void {
    this.#room -= bytes.length;
    this.#socket?.send(inputMessage(bytes));
  }

  #acknowledge(bytes: number): void {
    this.#drawn += bytes;
    if (this.#drawn < ACKNOWLEDGE_BYTES) {
      this.#acknowledging ??= setTimeout(() => this.#acknowledgeNow(), ACKNOWLEDGE_MS);
    } else this.#acknowledgeNow();
  }

  #acknowledgeNow(): void {
    clearTimeout(this.#acknowledging);
    this.#acknowledging = undefined;
    if (this.#isLive && this.#drawn > 0) this.#socket?.send(drawnMessage(this.#drawn));
    this.#drawn = 0;
  }

  /** Treats the connection as broken unless something arrives in time. */
  #watch(ms: number): void {
    clearTimeout(this.#late);
    this.#late = setTimeout(() => this.#break(), ms);
  }

  #break(): void {
    this.#drop();
    if (this.#isOver) return;
    const ms = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)]!;
    this.#failures += 1;
    clearTimeout(this.#retrying);
    this.#retrying = setTimeout(() => this.open(), ms);
    this.#listener.away(ms);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isLive = false;
    clearTimeout(this.#late);
    clearTimeout(this.#acknowledging);
    this.#acknowledging = undefined;
    socket?.close();
  }
}
