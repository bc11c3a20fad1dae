/** A text as it is pasted into a terminal, and whether to ask the reader first. */
export interface PastedText {
  text: string;
  /** The lines for the question. A line break at the very end does not start another line. */
  lines: string[];
  /** The number of removed characters: those that could control the terminal or hide something. */
  leftOut: number;
  asks: boolean;
}

// Control characters except tab and line breaks, and characters that change the direction of text or are invisible.
const UNSAFE = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Prepares a text that the reader wants to paste. Pure. */
export function readPasted(pasted: string): PastedText {
  const text = pasted.replace(/\r\n?/g, '\n').replace(UNSAFE, '');
  const leftOut = pasted.match(UNSAFE)?.length ?? 0;
  const lines = text.replace(/\n+$/, '').split('\n');
  return { text, lines, leftOut, asks: text.includes('\n') || leftOut > 0 };
}
