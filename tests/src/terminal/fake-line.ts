import type { TerminalOpening } from '../../../shared/terminal-protocol.ts';
import { TerminalConnection, type Listener, type Socket } from '../../../src/terminal/terminal-connection.ts';

/** A line to a terminal whose other end is the test. */
export interface FakeLine {
  connection: TerminalConnection;
  /** What the listener received, in order. */
  heard: string[];
  /** What was sent over the open line: a letter and its contents. */
  sent: string[];
  /** How many lines have been opened so far. */
  count: () => number;
  /** Opens the browser's side of the line. */
  up: () => void;
  /** Sends a message from the server. */
  say: (letter: string, body: string | number) => void;
  /** Breaks the line. */
  cut: () => void;
  /** Reports the oldest output that has not been drawn yet as drawn. */
  drawNext: () => void;
}

/** Opens one; `opening` returns what the page would say about itself. */
export function layFakeLine(opening: () => TerminalOpening): FakeLine {
  const heard: string[] = [];
  const sent: string[] = [];
  const drawing: (() => void)[] = [];
  let sockets = 0;
  let socket: Socket | undefined;
  const at = (): WebSocket => socket as WebSocket;
  const connect = (): Socket => {
    sockets += 1;
    sent.length = 0;
    const made: Socket = {
      binaryType: 'blob',
      readyState: 0,
      onopen: null,
      onmessage: null,
      onclose: null,
      send: (data) => void sent.push(asText(data as Uint8Array)),
      close: () => void made.onclose?.call(made as WebSocket, {} as CloseEvent),
    };
    socket = made;
    return made;
  };
  const listener: Listener = {
    opening,
    begin: ({ key }, continues) => void heard.push(`begin ${key}${continues ? ' goes on' : ''}`),
    data: (bytes, drawn) => {
      heard.push(new TextDecoder().decode(bytes));
      drawing.push(drawn);
    },
    end: ({ reason }) => void heard.push(`end ${reason}`),
    away: (ms) => void heard.push(`away ${ms}`),
  };
  return {
    connection: new TerminalConnection(connect, listener),
    heard,
    sent,
    count: () => sockets,
    up: () => void socket?.onopen?.call(at(), {} as Event),
    say: (letter, body) => {
      const data = new TextEncoder().encode(letter + (typeof body === 'string' ? body : '    '));
      if (typeof body === 'number') new DataView(data.buffer).setUint32(1, body);
      socket?.onmessage?.call(at(), { data: data.buffer } as MessageEvent<ArrayBuffer>);
    },
    cut: () => void socket?.onclose?.call(at(), {} as CloseEvent),
    drawNext: () => drawing.shift()?.(),
  };
}

/** Returns a message as text, with its numbers written out. */
function asText(data: Uint8Array): string {
  const letter = String.fromCharCode(data[0]!);
  const view = new DataView(data.buffer, data.byteOffset);
  if (letter === 'T') return `T${view.getUint32(1)}`;
  if (letter === 'S') return `S${view.getUint16(1)}x${view.getUint16(3)}`;
  return letter + new TextDecoder().decode(data.subarray(1));
}
