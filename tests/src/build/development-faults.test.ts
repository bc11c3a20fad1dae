import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { developmentFaults } from '../../../src/build/development-faults.ts';

let faults: { pages: string[]; recordings: string[] };
let printed: string[];
let sent: { type: string; err?: { title: string; message: string } }[];
let watcher: EventEmitter & { add?: unknown };
let ws: EventEmitter & { send?: unknown };

/** Starts a development server that has the pages in `/content/`. */
function start(): void {
  const print = (line: string): void => void printed.push(line);
  const logger = { error: print, warn: print, info: print };
  const server = { watcher: Object.assign(watcher, { add: () => undefined }), ws };
  const { hooks } = developmentFaults(['/content/'], () => faults);
  Reflect.apply(hooks['astro:server:setup']!, hooks, [{ server, logger }]);
}

/** Saves a file, and waits until the server has noticed. */
function save(found: typeof faults, path = '/content/pages/a.mdx'): void {
  faults = found;
  watcher.emit('all', 'change', path);
  vi.runAllTimers();
}

beforeEach(() => {
  vi.useFakeTimers();
  printed = [];
  sent = [];
  faults = { pages: [], recordings: [] };
  watcher = new EventEmitter();
  ws = Object.assign(new EventEmitter(), { send: (message: (typeof sent)[number]) => sent.push(message) });
  return () => vi.useRealTimers();
});

describe('in development, the mistakes of all pages', () => {
  test('are told once they are there, and what is left of them, until none is', () => {
    start();
    expect([printed, sent]).toEqual([[], []]);
    save({ pages: ['a', 'b'], recordings: [] });
    save({ pages: ['b'], recordings: [] });
    save({ pages: ['b'], recordings: [] });
    expect(printed).toEqual(['a', 'b', '1 mistake left.']);
    expect(sent.map(({ err }) => err?.message)).toEqual(['a\nb', 'b']);
    save({ pages: [], recordings: [] });
    expect(printed.at(-1)).toBe('All pages are right again.');
    expect(sent.at(-1)).toEqual({ type: 'full-reload' });
  });

  test('are shown again over a page that is loaded', () => {
    faults = { pages: ['a'], recordings: [] };
    start();
    ws.emit('connection');
    expect(sent.map(({ type, err }) => [type, err?.title])).toEqual([
      ['error', '1 mistake'],
      ['error', '1 mistake'],
    ]);
  });

  test('leave stale recordings to the terminal', () => {
    start();
    save({ pages: [], recordings: ['stale'] });
    save({ pages: [], recordings: ['stale'] });
    expect([printed, sent]).toEqual([['stale'], []]);
  });

  test('are not looked for when another file changes', () => {
    start();
    save({ pages: ['a'], recordings: [] }, '/elsewhere/a.mdx');
    expect(printed).toEqual([]);
  });
});
