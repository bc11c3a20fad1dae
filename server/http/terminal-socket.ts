import type { WebSocketLike } from '@hono/node-server';
import type { WSEvents } from 'hono/ws';
import type { WebSocket } from 'ws';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { reportFailure, type Report } from '../report.ts';
import type { TerminalEnd, TerminalOpening } from '../../shared/protocol.ts';
import type { TerminalView, TerminalViewer } from '../sandbox/terminal.ts';
import { MessagePace } from './message-pace.ts';
import { pageMessage, serverMessage, type PageMessage } from './terminal-messages.ts';
import { terminalOpening } from './validators.ts';

/** Deadlines for a terminal's client. */
export const TERMINAL_DEADLINES = {
  /** It says within this what it wants. */
  openingMs: 10_000,
  /** It is asked for a sign of life so often; proxies drop connections that are silent for about half a minute. */
  heartbeatMs: 15_000,
  /** It is gone when it gave none for so long. */
  silentMs: 45_000,
};

/** RFC 6455, 7.4.1. */
const CLOSE = { done: 1000, shutdown: 1001, malformed: 1002, refused: 1008 };
/**
 * What may wait for a client that reads nothing: a window of output, signs of life, and what tells it that keys were
 * taken.
 */
const MOST_UNSENT_BYTES = 512 << 10;

/** What a terminal's WebSocket is opened for. */
export interface TerminalSocketOptions {
  watch: (opening: TerminalOpening, viewer: TerminalViewer) => Promise<TerminalView>;
  /** The server is shutting down. */
  isShutdown: () => boolean;
  /** Hears of failures. The log where it is absent. */
  report?: Report;
  deadlines?: typeof TERMINAL_DEADLINES;
}

/** Speaks a terminal's protocol (`shared/protocol.ts`) on a WebSocket, for Hono. */
export function terminalEvents(options: TerminalSocketOptions): WSEvents<WebSocketLike> {
  let socket: TerminalSocket | undefined;
  return {
    onOpen: (_, { raw }) => {
      // Of Hono's types it has only what they have in common with others.
      if (raw) socket = new TerminalSocket(raw as WebSocket, options);
    },
    onMessage: ({ data }) => socket?.receive(data),
    onClose: () => socket?.closed(),
  };
}

class TerminalSocket {
  readonly #socket: WebSocket;
  readonly #options: TerminalSocketOptions;
  readonly #pace: MessagePace;
  #late: NodeJS.Timeout | undefined;
  readonly #heartbeat: NodeJS.Timeout;
  #heardMs = performance.now();
  /** What came while the terminal was being opened. */
  #waiting: PageMessage[] | undefined;
  #view: TerminalView | undefined;
  #isOver = false;

  constructor(socket: WebSocket, options: TerminalSocketOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#pace = new MessagePace(socket);
    const { openingMs, heartbeatMs, silentMs } = options.deadlines ?? TERMINAL_DEADLINES;
    this.#late = setTimeout(() => this.#close(CLOSE.refused, 'no opening came'), openingMs);
    this.#heartbeat = setInterval(() => {
      if (performance.now() - this.#heardMs > silentMs) socket.terminate();
      else if (!this.#isOver) socket.ping();
    }, heartbeatMs);
    for (const sign of ['ping', 'pong'] as const) socket.on(sign, () => this.#heard());
    // It may be gone already.
    if (socket.readyState !== socket.OPEN) this.closed();
  }

  /** The connection is no more. */
  closed(): void {
    clearInterval(this.#heartbeat);
    this.#leave();
  }

  receive(data: unknown): void {
    this.#heard();
    if (this.#isOver) return;
    const message = pageMessage(data);
    if (!message) this.#close(CLOSE.malformed, 'messages are binary and begin with a letter');
    else if (this.#waiting) this.#waiting.push(message);
    else if (this.#view) this.#take(this.#view, message);
    else if (message.letter === 'O') void this.#open(message.bytes);
    else this.#close(CLOSE.malformed, 'the first message opens the terminal');
  }

  #heard(): void {
    this.#heardMs = performance.now();
    this.#pace.count();
  }

  async #open(bytes: Buffer): Promise<void> {
    clearTimeout(this.#late);
    const opening = terminalOpening(bytes);
    if (!opening) return this.#close(CLOSE.malformed, 'an opening of another shape');
    this.#waiting = [];
    this.#pace.hold();
    try {
      this.#view = await this.#options.watch(opening, this.#viewer());
    } catch (cause) {
      this.#end(endOf(cause, this.#options.report ?? log));
    }
    this.#pace.release();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (this.#isOver) this.#view?.leave();
    for (const message of waiting) if (this.#view && !this.#isOver) this.#take(this.#view, message);
  }

  #viewer(): TerminalViewer {
    return {
      begin: (beginning) => this.#send(serverMessage('B', beginning)),
      show: (bytes) => this.#send(serverMessage('D', bytes)),
      took: (bytes) => this.#send(serverMessage('T', bytes)),
      end: (end) => this.#end(end),
    };
  }

  #take(view: TerminalView, { letter, bytes }: PageMessage): void {
    if (letter === 'I' && bytes.length > 0) {
      if (!view.type(bytes)) this.#close(CLOSE.refused, 'more keys than there was credit for');
    } else if (letter === 'S' && bytes.length === 4) {
      view.resize({ columns: bytes.readUInt16BE(0), rows: bytes.readUInt16BE(2) });
    } else if (letter === 'T' && bytes.length === 4) {
      if (!view.drawn(bytes.readUInt32BE(0))) this.#close(CLOSE.refused, 'more was drawn than was sent');
    } else {
      this.#close(CLOSE.malformed, 'a message of another shape');
    }
  }

  #end(end: TerminalEnd): void {
    if (this.#isOver) return;
    this.#send(serverMessage('E', end));
    this.#close(this.#options.isShutdown() ? CLOSE.shutdown : CLOSE.done, end.reason);
  }

  #send(message: Buffer): void {
    if (this.#isOver) return;
    if (this.#socket.bufferedAmount > MOST_UNSENT_BYTES) this.#socket.terminate();
    else this.#socket.send(message);
  }

  #close(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#leave();
    this.#socket.close(code, reason);
  }

  #leave(): void {
    this.#isOver = true;
    clearTimeout(this.#late);
    this.#view?.leave();
  }
}

/** What a page hears when its terminal could not be opened. */
function endOf(cause: unknown, report: Report): TerminalEnd {
  if (!(cause instanceof AppError))
    return {
      reason: 'refused',
      message: `Something of ours failed. (Error ${reportFailure(report, cause, 'a terminal')}.)`,
    };
  return {
    reason: cause.code === 'gone' || cause.code === 'sandbox-lost' ? 'lost' : 'refused',
    message: cause.message,
  };
}
