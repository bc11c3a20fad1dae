const INVISIBLE = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;
const WIDE_SCRIPTS = ['Han', 'Hangul', 'Hiragana', 'Katakana'].map((name) => `\\p{Script=${name}}`).join('');
const WIDE = new RegExp(`[${WIDE_SCRIPTS}\\p{Emoji_Presentation}\\u3000-\\u303e\\uff01-\\uff60\\uffe0-\\uffe6]`, 'u');
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const MIN_CELL_WIDTH = 4;

/** Returns the width of a line in a terminal's columns: 2 for a wide character, 0 for a combining one. */
export function textWidth(line: string): number {
  if (PRINTABLE_ASCII.test(line)) return line.length;
  let width = 0;
  for (const character of line) if (!INVISIBLE.test(character)) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/**
 * Replaces tabs by spaces as elastic tab stops: cells that end with a tab have the same width in all adjacent lines
 * with such a cell, and at least four columns.
 */
export function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  const lines = text.split('\n').map((line) => line.split('\t'));
  for (let column = 0; lines.some((cells) => cells.length > column + 1); column++) {
    for (let first = 0; first < lines.length; first++) {
      let end = first;
      while (lines[end] && lines[end]!.length > column + 1) end++;
      const block = lines.slice(first, end);
      const width = Math.max(MIN_CELL_WIDTH, ...block.map((cells) => textWidth(cells[column]!) + 1));
      for (const cells of block) cells[column] = padEnd(cells[column]!, width);
      if (end > first) first = end;
    }
  }
  return lines.map((cells) => cells.join('')).join('\n');
}

/** Returns the line with spaces after it, up to a width. */
export function padEnd(line: string, width: number): string {
  return line + ' '.repeat(Math.max(0, width - textWidth(line)));
}

/** Returns the line with spaces before it, up to a width. */
export function padStart(line: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(line))) + line;
}

/** Returns the line centred in a width; if the spaces cannot be divided equally, there is one more after it. */
export function padBoth(line: string, width: number): string {
  return padEnd(' '.repeat(Math.max(0, Math.floor((width - textWidth(line)) / 2))) + line, width);
}
