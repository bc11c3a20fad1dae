import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TerminalPace } from '../../../server/sandbox/terminal-pace.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

it('an echo never waits for the one before it; a flood waits for its span', () => {
  const pace = new TerminalPace();
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
});
