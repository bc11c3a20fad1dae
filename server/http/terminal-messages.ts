import type { TerminalEnd, TerminalBeginning, TerminalMessage } from '../../shared/terminal-protocol.ts';

/** A message from a page: its letter and its content. */
export interface PageMessage {
  letter: TerminalMessage;
  bytes: Buffer;
}

/** Returns the message that a page sent, or undefined when it is not binary or is empty. */
export function pageMessage(data: unknown): PageMessage | undefined {
  if (!(data instanceof ArrayBuffer) || data.byteLength === 0) return undefined;
  const all = Buffer.from(data);
  return { letter: String.fromCharCode(all[0]!) as TerminalMessage, bytes: all.subarray(1) };
}

/** Returns a message to a page as bytes. */
export function serverMessage(letter: 'D', bytes: Buffer): Buffer;
export function serverMessage(letter: 'T', bytes: number): Buffer;
export function serverMessage(letter: 'B' | 'E', content: TerminalBeginning | TerminalEnd): Buffer;
export function serverMessage(letter: TerminalMessage, content: Buffer | number | object): Buffer {
  return Buffer.concat([
    Buffer.from(letter),
    Buffer.isBuffer(content)
      ? content
      : typeof content === 'number'
        ? u32(content)
        : Buffer.from(JSON.stringify(content)),
  ]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
