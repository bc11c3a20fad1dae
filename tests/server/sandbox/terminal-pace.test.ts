import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PaceOfAll, TerminalPace } from '../../../server/sandbox/terminal-pace.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

it('an echo never waits for the previous one; a flood waits for its interval', () => {
  const pace = new TerminalPace(new PaceOfAll());
  for (let echo = 0; echo < 4; echo += 1) {
    expect(pace.allowedBytes()).toBeGreaterThan(0);
    pace.count(1);
  }
  expect(pace.allowedBytes()).toBe(0);
  vi.advanceTimersByTime(pace.leftMs());
  expect(pace.allowedBytes()).toBe(64 * 1024);
  pace.count(64 * 1024 - 1);
  expect(pace.allowedBytes()).toBe(1);
  pace.count(1);
  expect(pace.allowedBytes()).toBe(0);
  vi.advanceTimersByTime(4);
  expect(pace.allowedBytes()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(pace.allowedBytes()).toBe(64 * 1024);
  // Time passes between two calls, and no timer has a negative delay.
  vi.advanceTimersByTime(100);
  expect(pace.leftMs()).toBe(0);
});

it('floods share the total rate, and whoever types waits for none of them', () => {
  const all = new PaceOfAll();
  const floods = Array.from({ length: 24 }, () => new TerminalPace(all));
  const typing = new TerminalPace(all);
  const sent = floods.map(() => 0);
  const spans = 100;
  for (let span = 0; span < spans; span += 1) {
    for (const [at, pace] of floods.entries()) {
      for (let most = pace.allowedBytes(); most > 0; most = pace.allowedBytes()) {
        pace.count(most);
        sent[at]! += most;
      }
    }
    expect(typing.allowedBytes()).toBeGreaterThanOrEqual(1024);
    typing.count(1);
    vi.advanceTimersByTime(5);
  }
  expect(sent.reduce((sum, bytes) => sum + bytes)).toBeLessThan(1.1 * spans * 192 * 1024);
  expect(Math.min(...sent)).toBeGreaterThan(0.5 * Math.max(...sent));
  vi.advanceTimersByTime(20);
  expect(floods[0]!.allowedBytes()).toBe(64 * 1024);
});

it('even with many floods, all of them go on', () => {
  const all = new PaceOfAll();
  const floods = Array.from({ length: 1000 }, () => new TerminalPace(all));
  let sent = 0;
  for (let span = 0; span < 100; span += 1) {
    for (const pace of floods) {
      const bytes = pace.allowedBytes();
      expect(bytes).toBeGreaterThanOrEqual(1024);
      pace.count(bytes);
      sent += bytes;
    }
    vi.advanceTimersByTime(5);
  }
  expect(sent).toBeLessThan(1.1 * 100 * 1000 * 1024);
});
