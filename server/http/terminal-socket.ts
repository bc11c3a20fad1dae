import type { WebSocketLike } from '@hono/node-server';
import type { WSEvents } from 'hono/ws';
import type { WebSocket } from 'ws';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { reportFailure, type Report } from '../report.ts';
import type { TerminalEnd, TerminalOpening } from '../../shared/terminal-protocol.ts';
import type { TerminalView, TerminalViewer } from '../sandbox/terminal.ts';
import { MessagePace } from './message-pace.ts';
import { pageMessage, serverMessage, type PageMessage } from './terminal-messages.ts';
import { terminalOpening } from './validators.ts';
import { terminalFailureSentence } from '../sentences/run-sentences.ts';

/** Deadlines for a terminal's client. */
export const TERMINAL_DEADLINES = {
  /** How long a client may take to send its opening message. */
  openingMs: 10_000,
  /** How often a ping is sent; proxies drop connections that are silent for about 30 seconds. */
  heartbeatMs: 15_000,
  /** How long a client may send nothing before it is considered gone. */
  silentMs: 45_000,
};

/** RFC 6455, 7.4.1. */
const CLOSE = { done: 1000, shutdown: 1001, malformed: 1002, refused: 1008 };
/**
 * How much may be queued for a client that reads nothing: a window of output, pings, and acknowledgements of keys.
 */
const MAX_UNSENT_BYTES = 512 << 10;

/** What a terminal's WebSocket needs. */
export interface TerminalSocketOptions {
  /** Connects the viewer to the terminal. Throws AppError when that is refused. */
  watch: (opening: TerminalOpening, viewer: TerminalViewer) => Promise<TerminalView>;
  /** Whether the server is shutting down. */
  isShutdown: () => boolean;
  /** Receives failures; default: the log. */
  report?: Report;
  deadlines?: typeof TERMINAL_DEADLINES;
}

/** Returns Hono's events for a WebSocket that speaks the terminal protocol (`shared/protocol.ts`). */
export function terminalEvents(options: TerminalSocketOptions): WSEvents<WebSocketLike> {
  let socket: TerminalSocket | undefined;
  return {
    onOpen: (_, { raw }) => {
      // Hono's type has only what all WebSocket implementations share.
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
  #openingTimer: NodeJS.Timeout | undefined;
  readonly #heartbeat: NodeJS.Timeout;
  #lastSignMs = performance.now();
  /** The messages that arrived while the terminal was being opened. */
  #waiting: PageMessage[] | undefined;
  #view: TerminalView | undefined;
  #isOver = false;

  constructor(socket: WebSocket, options: TerminalSocketOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#pace = new MessagePace(socket);
    const { openingMs, heartbeatMs, silentMs } = options.deadlines ?? TERMINAL_DEADLINES;
    this.#openingTimer = setTimeout(() => this.#close(CLOSE.refused, 'no opening message'), openingMs);
    this.#heartbeat = setInterval(() => {
      if (performance.now() - this.#lastSignMs > silentMs) socket.terminate();
      else if (!this.#isOver) socket.ping();
    }, heartbeatMs);
    for (const sign of ['ping', 'pong'] as const) socket.on(sign, () => this.#noteSign());
    // It may already be closed.
    if (socket.readyState !== socket.OPEN) this.closed();
  }

  /** Releases everything, after the connection has closed. */
  closed(): void {
    clearInterval(this.#heartbeat);
    this.#leave();
  }

  /** Handles a message from the page. */
  receive(data: unknown): void {
    this.#noteSign();
    if (this.#isOver) return;
    const message = pageMessage(data);
    if (!message) this.#close(CLOSE.malformed, 'messages are binary and begin with a letter');
    else if (this.#waiting) this.#waiting.push(message);
    else if (this.#view) this.#take(this.#view, message);
    else if (message.letter === 'O') void this.#open(message.bytes);
    else this.#close(CLOSE.malformed, 'the first message opens the terminal');
  }

  #noteSign(): void {
    this.#lastSignMs = performance.now();
    this.#pace.count();
  }

  async #open(bytes: Buffer): Promise<void> {
    clearTimeout(this.#openingTimer);
    const opening = terminalOpening(bytes);
    if (!opening) return this.#close(CLOSE.malformed, 'malformed opening message');
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
      if (!view.type(bytes)) this.#close(CLOSE.refused, 'more keys than allowed');
    } else if (letter === 'S' && bytes.length === 4) {
      view.resize({ columns: bytes.readUInt16BE(0), rows: bytes.readUInt16BE(2) });
    } else if (letter === 'T' && bytes.length === 4) {
      if (!view.drawn(bytes.readUInt32BE(0))) this.#close(CLOSE.refused, 'more acknowledged than sent');
    } else {
      this.#close(CLOSE.malformed, 'malformed message');
    }
  }

  #end(end: TerminalEnd): void {
    if (this.#isOver) return;
    this.#send(serverMessage('E', end));
    this.#close(this.#options.isShutdown() ? CLOSE.shutdown : CLOSE.done, end.reason);
  }

  #send(message: Buffer): void {
    if (this.#isOver) return;
    if (this.#socket.bufferedAmount > MAX_UNSENT_BYTES) this.#socket.terminate();
    else this.#socket.send(message);
  }

  #close(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#leave();
    this.#socket.close(code, reason);
  }

  #leave(): void {
    this.#isOver = true;
    clearTimeout(this.#openingTimer);
    this.#view?.leave();
  }
}

/** Returns the message to a page whose terminal could not be opened. */
function endOf(cause: unknown, report: Report): TerminalEnd {
  if (!(cause instanceof AppError))
    return {
      reason: 'refused',
      message: terminalFailureSentence(reportFailure(report, cause, 'a terminal')),
    };
  return {
    reason: cause.code === 'gone' || cause.code === 'sandbox-lost' ? 'lost' : 'refused',
    message: cause.message,
  };
}
