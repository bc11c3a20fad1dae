import type { TerminalOpening } from '../../../shared/protocol.ts';
import { TerminalConnection, type Listener, type Socket } from '../../../src/terminal/terminal-connection.ts';

/** A line to a terminal whose far end is the test. */
export interface FakeLine {
  connection: TerminalConnection;
  /** What the listener heard, in order. */
  heard: string[];
  /** What was sent over the line that is up, a letter and what belongs to it. */
  sent: string[];
  /** The lines that were opened so far. */
  count: () => number;
  /** The browser's side of the line opens. */
  up: () => void;
  /** The server says something. */
  say: (letter: string, body: string | number) => void;
  /** The line breaks. */
  cut: () => void;
  /** What was drawn is told, oldest first. */
  drawNext: () => void;
}

/** Lays one; `opening` is what the page would say of itself. */
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

/** Numbers as numbers, the rest as it is. */
function asText(data: Uint8Array): string {
  const letter = String.fromCharCode(data[0]!);
  const view = new DataView(data.buffer, data.byteOffset);
  if (letter === 'T') return `T${view.getUint32(1)}`;
  if (letter === 'S') return `S${view.getUint16(1)}x${view.getUint16(3)}`;
  return letter + new TextDecoder().decode(data.subarray(1));
}
