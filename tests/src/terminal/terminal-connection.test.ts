import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TerminalOpening } from '../../../shared/terminal-protocol.ts';
import { BACK_OFF_MS } from '../../../src/terminal/terminal-connection.ts';
import { layFakeLine, type FakeLine } from './fake-line.ts';

const SIZE = { columns: 80, rows: 12 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the line to a terminal', () => {
  let line: FakeLine;
  let from: TerminalOpening['from'];
  beforeEach(() => {
    vi.useFakeTimers();
    from = undefined;
    line = layFakeLine(() => ({ ...SIZE, ...(from && { from }) }));
    line.connection.open();
    line.up();
  });
  afterEach(() => {
    line.connection.close();
    vi.useRealTimers();
  });
  const begin = (key: string, at = 0): void => line.say('B', JSON.stringify({ key, bytes: at }));

  it('first says what kind of terminal it wants, and keeps keys until the terminal is open', () => {
    line.connection.send(bytes('ls\r'));
    expect(line.sent).toEqual(['O{"columns":80,"rows":12}']);
    begin('one');
    expect(line.sent.slice(1)).toEqual(['Ils\r']);
    expect(line.heard).toEqual(['begin one']);
  });

  it('sends a new size only to an open terminal', () => {
    line.connection.resize(100, 20);
    begin('one');
    line.connection.resize(120, 30);
    expect(line.sent.slice(1)).toEqual(['S120x30']);
  });

  it('sends a size that changed while the terminal was being opened', () => {
    SIZE.rows = 20;
    begin('one');
    expect(line.sent.slice(1)).toEqual(['S80x20']);
    SIZE.rows = 12;
  });

  it('reports what was drawn: much at once, and little after a pause', () => {
    begin('one');
    line.say('D', 'ab');
    line.say('D', 'c');
    expect(line.sent.slice(1)).toEqual([]);
    line.drawNext();
    line.drawNext();
    vi.advanceTimersByTime(100);
    expect(line.sent.slice(1)).toEqual(['T3']);
    line.say('D', 'x'.repeat(20_000));
    line.drawNext();
    expect(line.sent.slice(2)).toEqual(['T20000']);
  });

  it('sends no more than the server accepts', () => {
    begin('one');
    line.connection.send(bytes('x'.repeat(200_000)));
    const sentBytes = (): number => line.sent.slice(1).reduce((sum, message) => sum + message.length - 1, 0);
    expect(sentBytes()).toBe(131_072);
    line.say('T', 16_384);
    expect(sentBytes()).toBe(131_072 + 16_384);
    line.say('T', 131_072);
    expect(sentBytes()).toBe(200_000);
  });

  it('drops the terminal’s answers to a program that never reads them, and keeps room for keys', () => {
    line.connection.answer(bytes('early'));
    begin('one');
    for (let count = 0; count < 100_000; count += 1) line.connection.answer(bytes('\x1b[0n'));
    line.connection.send(bytes('\x03'));
    expect(line.sent.length).toBeLessThan(65_536 / 4 + 3);
    expect([line.sent[1], line.sent.at(-1)]).toEqual(['I\x1b[0n', 'I\x03']);
    line.say('T', 32_768);
    expect(line.sent.at(-1)).toBe('I\x03');
    line.connection.answer(bytes('\x1b[0n'));
    expect(line.sent.at(-1)).toBe('I\x1b[0n');
  });

  it('reconnects after a break, later each time, and resumes where it was', () => {
    begin('one');
    from = { key: 'one', bytes: 7 };
    line.cut();
    expect(line.heard.at(-1)).toBe(`away ${BACK_OFF_MS[0]}`);
    vi.advanceTimersByTime(BACK_OFF_MS[0]!);
    expect(line.count()).toBe(2);
    line.cut();
    expect(line.heard.at(-1)).toBe(`away ${BACK_OFF_MS[1]}`);
    line.connection.send(bytes('kept'));
    vi.advanceTimersByTime(BACK_OFF_MS[1]!);
    line.up();
    expect(line.sent).toEqual(['O{"columns":80,"rows":12,"from":{"key":"one","bytes":7}}']);
    begin('one', 7);
    expect(line.heard.at(-1)).toBe('begin one goes on');
    expect(line.sent.slice(1)).toEqual(['Ikept']);
    line.cut();
    expect(line.heard.at(-1)).toBe(`away ${BACK_OFF_MS[0]}`);
  });

  it('sends another program nothing that was meant for the previous one', () => {
    begin('one');
    from = { key: 'one', bytes: 7 };
    line.cut();
    line.connection.send(bytes('rm -r x\r'));
    vi.advanceTimersByTime(BACK_OFF_MS[0]!);
    line.up();
    begin('two');
    expect(line.heard.at(-1)).toBe('begin two');
    expect(line.sent.slice(1)).toEqual([]);
  });

  it('reports nothing over a new line that arrived over the previous one', () => {
    begin('one');
    line.say('D', 'x'.repeat(20_000));
    line.cut();
    vi.advanceTimersByTime(BACK_OFF_MS[0]!);
    line.up();
    begin('one');
    line.drawNext();
    vi.advanceTimersByTime(100);
    expect(line.sent.slice(1)).toEqual([]);
  });

  it('does not wait for a line on which nothing is answered', () => {
    begin('one');
    line.connection.send(bytes('x'));
    vi.advanceTimersByTime(60_000);
    expect(line.heard).toContain(`away ${BACK_OFF_MS[0]}`);
    expect(line.count()).toBeGreaterThan(1);
  });

  it('waits indefinitely when nothing was sent', () => {
    begin('one');
    vi.advanceTimersByTime(3_600_000);
    expect(line.heard).toEqual(['begin one']);
  });

  it('ends with the program, and when it is closed', () => {
    begin('one');
    line.say('E', '{"reason":"exited"}');
    vi.advanceTimersByTime(60_000);
    expect(line.heard).toEqual(['begin one', 'end exited']);
    expect(line.count()).toBe(1);
  });

  it('ignores unknown messages', () => {
    begin('one');
    for (const [letter, body] of [
      ['B', 'no json'],
      ['T', ''],
      ['Z', 'x'],
      ['', ''],
    ] as const)
      line.say(letter, body);
    expect(line.heard).toEqual(['begin one']);
  });
});
