import { describe, expect, it } from 'vitest';
import {
  MAX_LINE_CHARACTERS,
  MAX_LINES,
  PrintedLines,
  type Piece,
} from '../../../../src/runner/result/printed-lines.ts';

function screenOf(...chunks: string[]): PrintedLines {
  const screen = new PrintedLines();
  for (const chunk of chunks) screen.write('stdout', chunk);
  return screen;
}

const text = (line: Piece[]): string => line.map((piece) => piece.text).join('');
const texts = (screen: PrintedLines): string[] => screen.lines.map(text);

describe('PrintedLines', () => {
  it('joins chunks to lines, and keeps markup as the text that it is', () => {
    expect(texts(screenOf('one\ntw', 'o\n<script>alert(1)</script>\n'))).toEqual([
      'one',
      'two',
      '<script>alert(1)</script>',
      '',
    ]);
  });

  it('starts a line over after a carriage return, but not at the end of a line', () => {
    expect(texts(screenOf(' 10 %\r 50 %', '\r100 %\n'))).toEqual(['100 %', '']);
    expect(texts(screenOf('dos\r\nlines\r', '\n'))).toEqual(['dos', 'lines', '']);
    expect(texts(screenOf('still there\r'))).toEqual(['still there']);
  });

  it('turns colours into classes and drops other escape sequences, also ones split between chunks', () => {
    expect(screenOf('\x1b[1;31mred\x1b[0m plain').lines).toEqual([
      [
        { text: 'red', className: 'ansi-red' },
        { text: ' plain', className: '' },
      ],
    ]);
    expect(screenOf('\x1b[3', '2mgreen', '\x1b', '[39m').lines).toEqual([[{ text: 'green', className: 'ansi-green' }]]);
    expect(screenOf('\x1b[38;5;31mnot red\x1b[0m').lines).toEqual([[{ text: 'not red', className: '' }]]);
    expect(texts(screenOf('\x1b]0;title\x07a\x1b[2Kb\x1b[?25lc\x07d'))).toEqual(['abcd']);
  });

  it('marks what came on standard error', () => {
    const screen = screenOf('out ');
    screen.write('stderr', 'err');
    expect(screen.lines).toEqual([
      [
        { text: 'out ', className: '' },
        { text: 'err', className: 'stderr' },
      ],
    ]);
  });

  it('keeps the last lines and counts the others', () => {
    const screen = screenOf(Array.from({ length: MAX_LINES + 5 }, (_, number) => `${number}\n`).join(''));
    expect(screen.dropped).toBe(5);
    expect(texts(screen)).toEqual([...Array.from({ length: MAX_LINES }, (_, number) => String(number + 5)), '']);
  });

  it('counts exactly what it left out: with rewritten lines, any chunks, and an unfinished last line', () => {
    const rewritten = Array.from({ length: MAX_LINES + 7 }, (_, number) => ` 10 %\r 50 %\r${number}\r\n`).join('');
    for (const [text, shown] of [
      [rewritten, MAX_LINES],
      [`${rewritten}last`, MAX_LINES],
      [`${rewritten}first\rlast`, MAX_LINES],
    ] as const) {
      const all = text.split('\n').filter((line) => line !== '').length;
      for (const chunk of [1, 6, 1000, text.length]) {
        const screen = screenOf(...(text.match(new RegExp(`[^]{1,${chunk}}`, 'g')) ?? []));
        expect(texts(screen).filter((line) => line !== '')).toHaveLength(shown);
        expect(screen.dropped).toBe(all - shown);
      }
    }
    expect(screenOf('\n'.repeat(MAX_LINES)).dropped).toBe(0);
    expect(screenOf('\n'.repeat(MAX_LINES + 1)).dropped).toBe(1);
  });

  it('reports cut lines only while they are kept', () => {
    const long = 'x'.repeat(MAX_LINE_CHARACTERS + 1);
    expect(screenOf(long).cutLines).toBe(1);
    expect(screenOf(`${long}\rshort`).cutLines).toBe(0);
    expect(screenOf(`${long}\n`, 'y\n'.repeat(MAX_LINES)).cutLines).toBe(0);
  });

  it('counts characters as people do, and splits none', () => {
    expect(texts(screenOf('😀'.repeat(MAX_LINE_CHARACTERS)))).toEqual(['😀'.repeat(MAX_LINE_CHARACTERS)]);
    expect(texts(screenOf('😀'.repeat(MAX_LINE_CHARACTERS - 1), '😀😀😀'))).toEqual([
      `${'😀'.repeat(MAX_LINE_CHARACTERS)}…`,
    ]);
  });

  it('cuts long lines once, however their characters arrive', () => {
    for (const chunk of [1, 7, MAX_LINE_CHARACTERS, MAX_LINE_CHARACTERS + 1]) {
      const screen = new PrintedLines();
      for (let left = 3 * MAX_LINE_CHARACTERS; left > 0; left -= chunk)
        screen.write('stdout', 'x'.repeat(Math.min(left, chunk)));
      screen.write('stdout', '\nshort');
      expect(texts(screen)).toEqual([`${'x'.repeat(MAX_LINE_CHARACTERS)}…`, 'short']);
      expect(screen.cutLines).toBe(1);
    }
  });

  it('says from which line it must be redrawn', () => {
    const screen = screenOf('a\nb\n');
    screen.clean();
    expect(screen.firstDirty).toBe(2);
    screen.write('stdout', 'c\nd');
    expect(screen.firstDirty).toBe(2);
    screen.clean();
    expect(screen.firstDirty).toBe(3);
  });
});
