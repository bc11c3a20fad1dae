/** A text as it is pasted into a terminal, and whether the reader is asked first. */
export interface PastedText {
  text: string;
  /** As the question shows them; an end of line at the very end begins no further one. */
  lines: string[];
  /** Characters that could command the terminal, or hide what is there: they are left out. */
  leftOut: number;
  asks: boolean;
}

// Controls but tab and the ends of lines; what turns the direction of text around, or is not seen at all.
const UNSAFE = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Reads what the reader wants to paste. Pure. */
export function readPasted(pasted: string): PastedText {
  const text = pasted.replace(/\r\n?/g, '\n').replace(UNSAFE, '');
  const leftOut = pasted.match(UNSAFE)?.length ?? 0;
  const lines = text.replace(/\n+$/, '').split('\n');
  return { text, lines, leftOut, asks: text.includes('\n') || leftOut > 0 };
}
