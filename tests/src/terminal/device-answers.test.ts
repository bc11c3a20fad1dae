import { expect, it } from 'vitest';
import { DeviceAnswers, isAnswer } from '../../../src/terminal/device-answers.ts';

it.each([
  '\x1b[?1;2c',
  '\x1b[>0;276;0c',
  '\x1b[0n',
  '\x1b[24;80R',
  '\x1b[?24;80R',
  '\x1b[8;24;80t',
  '\x1b[4;2$y',
  '\x1b[?25;1$y',
  '\x1b[I',
  '\x1b[O',
  '\x1bP1$r0m\x1b\\',
  '\x1bP0$r\x1b\\',
  '\x1b]4;1;rgb:00/00/00\x1b\\',
])('%j is an answer of the terminal', (text) => {
  expect(isAnswer(text)).toBe(true);
});

it.each([
  '',
  'c',
  '\x1b',
  '\x1b[',
  '\x1b[A',
  '\x1bOA',
  '\x1bOR',
  '\x1b[1;5D',
  '\x1b[3~',
  '\x1b[200~\x1b[0n\x1b[201~',
  '\x1b[0nls',
  'ls\x1b[0n',
  '\r',
  '\x1b[<0;1;1M',
  '\x1bP',
  '\x1b]',
  '\x1bc',
])('%j was typed', (text) => {
  expect(isAnswer(text)).toBe(false);
});

it('answers to what is drawn at once are sent together, complete, and no more than a program asks for', async () => {
  const sent: string[] = [];
  const answers = new DeviceAnswers((text) => sent.push(text));
  for (const text of ['\x1b[?1;2c', '\x1b[1;1R']) answers.add(text);
  expect(sent).toEqual([]);
  await Promise.resolve();
  for (let count = 0; count < 10_000; count += 1) answers.add('\x1b[0n');
  await Promise.resolve();
  answers.add('\x1b[0n');
  await Promise.resolve();
  expect(sent).toEqual(['\x1b[?1;2c\x1b[1;1R', '\x1b[0n'.repeat(1024), '\x1b[0n']);
});
