import { TERMINAL_WINDOW_BYTES } from '../../shared/limits.ts';
import type { TerminalBeginning, TerminalEnd, TerminalOpening } from '../../shared/protocol.ts';
import { drawnMessage, inputMessage, openingMessage, readMessage, sizeMessage } from './socket-messages.ts';

/** Pauses before each attempt to come back, milliseconds; the last is repeated. */
export const BACK_OFF_MS: readonly number[] = [250, 500, 1000, 2000, 4000, 8000];
/** For the line to be there, and the server's first word on it. */
const OPEN_MS = 20_000;
/**
 * Keys were sent, and nothing at all came back: the line may be broken, though nobody was told. One that was not is
 * brought back unseen.
 */
const SILENT_MS = 20_000;
/** So many bytes drawn are told at once; fewer when there is a pause. */
const TELL_BYTES = 16_384;
const TELL_MS = 40;
/** A message to the server. */
const PIECE_BYTES = 16_384;

/** As much of a WebSocket as a terminal needs. */
export type Socket = Pick<
  WebSocket,
  'binaryType' | 'send' | 'close' | 'readyState' | 'onopen' | 'onmessage' | 'onclose'
>;

/** Who draws what comes, and hears how the line is. */
export interface Listener {
  /** How the terminal is wanted, and what was drawn of it: asked before each attempt. */
  opening: () => TerminalOpening;
  /** What follows goes on with what was drawn if `continues`, else an empty screen begins. */
  begin: (beginning: TerminalBeginning, continues: boolean) => void;
  /** Bytes of the program; `drawn` is called when they are on the screen. */
  data: (bytes: Uint8Array<ArrayBuffer>, drawn: () => void) => void;
  /** It is over; nothing is tried again. */
  end: (end: TerminalEnd) => void;
  /** The line is broken; the next attempt is in so many milliseconds. */
  away: (nextMs: number) => void;
}

/** The line to one terminal: brings it back when it breaks, and keeps to the window in both directions. */
export class TerminalConnection {
  readonly #connect: () => Socket;
  readonly #listener: Listener;
  #socket: Socket | undefined;
  /** What the line that is up was opened with. */
  #asked: TerminalOpening | undefined;
  #isLive = false;
  #isOver = false;
  #failures = 0;
  #queue: Uint8Array[] = [];
  /** Bytes of keys that the server may still be sent. */
  #room = 0;
  /** Bytes drawn that it was not told of. */
  #drawn = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #retrying: ReturnType<typeof setTimeout> | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(connect: () => Socket, listener: Listener) {
    this.#connect = connect;
    this.#listener = listener;
  }

  /** Opens the line, at once where an attempt is due later. */
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
   * Keys for the program. While the line is broken they wait, as they do while the server has not taken earlier ones.
   */
  send(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) this.#queue.push(bytes.subarray(at, at + PIECE_BYTES));
    this.#flush();
  }

  /**
   * An answer to the program: dropped where it would have to wait, or take the room of keys. Who asks without end may
   * read none of them.
   */
  answer(bytes: Uint8Array): void {
    if (this.#isLive && this.#queue.length === 0 && this.#room - bytes.length >= TERMINAL_WINDOW_BYTES / 2)
      this.#sendNow(bytes);
  }

  resize(columns: number, rows: number): void {
    if (this.#isLive) this.#socket?.send(sizeMessage(columns, rows));
  }

  /** The browser knows that there is no network now. */
  lose(): void {
    if (!this.#isOver && this.#socket) this.#break();
  }

  /** Leaves the terminal to itself. */
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
        return this.#listener.data(heard.bytes, () => socket === this.#socket && this.#tell(heard.bytes.length));
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
    // Keys that were meant for another program are for nobody.
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

  #tell(bytes: number): void {
    this.#drawn += bytes;
    if (this.#drawn < TELL_BYTES) {
      this.#telling ??= setTimeout(() => this.#tellNow(), TELL_MS);
    } else this.#tellNow();
  }

  #tellNow(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    if (this.#isLive && this.#drawn > 0) this.#socket?.send(drawnMessage(this.#drawn));
    this.#drawn = 0;
  }

  /** Gives the line up unless something is heard. */
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
    clearTimeout(this.#telling);
    this.#telling = undefined;
    socket?.close();
  }
}
