import type {
  TerminalBeginning,
  TerminalEnd,
  TerminalMessage,
  TerminalOpening,
} from '../../shared/terminal-protocol.ts';

/** A message from the server, decoded. */
export type ServerMessage =
  | { type: 'begin'; beginning: TerminalBeginning }
  | { type: 'data'; bytes: Uint8Array<ArrayBuffer> }
  | { type: 'end'; end: TerminalEnd }
  | { type: 'taken'; bytes: number };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Returns the first message, the only one in JSON. */
export function openingMessage(opening: TerminalOpening): Uint8Array<ArrayBuffer> {
  return message('O', encoder.encode(JSON.stringify(opening)));
}

/** Returns a message with input for the program. */
export function inputMessage(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return message('I', bytes);
}

/** Returns a message with the size of the screen in characters. */
export function sizeMessage(columns: number, rows: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(4);
  new DataView(body.buffer).setUint16(0, columns);
  new DataView(body.buffer).setUint16(2, rows);
  return message('S', body);
}

/** Returns a message that acknowledges `bytes` drawn bytes of output. */
export function drawnMessage(bytes: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(4);
  new DataView(body.buffer).setUint32(0, bytes);
  return message('T', body);
}

/** Decodes a message from the server; undefined when it is not valid. */
export function readMessage(data: ArrayBuffer): ServerMessage | undefined {
  const body = new Uint8Array(data, Math.min(1, data.byteLength));
  try {
    switch (String.fromCharCode(new Uint8Array(data)[0] ?? 0) as TerminalMessage) {
      case 'D':
        return { type: 'data', bytes: body };
      case 'T':
        return { type: 'taken', bytes: new DataView(data).getUint32(1) };
      case 'B':
        return { type: 'begin', beginning: JSON.parse(decoder.decode(body)) as TerminalBeginning };
      case 'E':
        return { type: 'end', end: JSON.parse(decoder.decode(body)) as TerminalEnd };
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

function message(letter: TerminalMessage, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(body.length + 1);
  whole[0] = letter.charCodeAt(0);
  whole.set(body, 1);
  return whole;
}
