import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { log } from '../../server/log.ts';
import { reportFailure, type ServerEvent } from '../../server/report.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const CAUSE = new Error('the reason');
const logged = (): unknown[] => vi.mocked(console.error).mock.calls[0] ?? [];

it.each<[ServerEvent, string]>([
  [{ type: 'runs-off', cause: CAUSE }, 'runs are off:'],
  [{ type: 'tables-unreadable', sandbox: 'abc', cause: CAUSE }, 'the tables of sandbox abc could not be read:'],
  [{ type: 'not-removed', what: 'container', id: 'bankrun-1', cause: CAUSE }, 'container bankrun-1 was not removed:'],
  [{ type: 'not-removed', what: 'failed start', cause: CAUSE }, 'failed start was not removed:'],
])('an event is logged in a line, with its cause whole', (event, line) => {
  log(event);
  expect(logged()).toEqual([line, CAUSE]);
});

it('the last output of an engine cannot affect a terminal', () => {
  log({ type: 'engine-ended', container: 'bankrun-1', exitCode: 1, log: `${'x'.repeat(600)}\u001B[2J` });
  expect(logged()).toEqual([
    expect.stringMatching(/^the engine of bankrun-1 ended with exit code 1: "x{496}\\u001b\[2J"$/),
  ]);
});

it('a failure that was reported to a reader is found by its id', () => {
  const id = reportFailure(log, CAUSE, 'run 1');
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  expect(logged()).toEqual([`error ${id}: run 1:`, CAUSE]);
});
