import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { jsonLog } from '../../server/json-log.ts';
import type { Level } from '../../server/log-level.ts';
import { log, openLog } from '../../server/log.ts';
import { reportFailure, type Report, type ServerEvent } from '../../server/report.ts';
import { EVERY_FAILURE, EVERY_USAGE } from './metrics/every-event.ts';

const CAUSE = new Error('the reason');

describe('the log for people', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const logged = (): string[] => vi.mocked(console.error).mock.calls.map(([line]) => String(line));

  it.each<[ServerEvent, string]>([
    [{ type: 'runs-off', cause: CAUSE }, 'runs are off: Error: the reason\n'],
    [{ type: 'tables-unreadable', sandbox: 'abc', cause: CAUSE }, 'the tables of sandbox abc could not be read: Error'],
    [
      { type: 'not-removed', what: 'container', id: 'bankrun-1', cause: CAUSE },
      'container bankrun-1 was not removed: ',
    ],
    [{ type: 'not-removed', what: 'failed start', cause: CAUSE }, 'failed start was not removed: Error: the reason\n'],
  ])('has an event in words, with its cause and where that comes from', (event, line) => {
    log(event);
    expect(logged()).toEqual([expect.stringContaining(line)]);
    expect(logged()[0]).toContain('log.test.ts');
  });

  it('cannot affect a terminal, neither by the last output of an engine nor by a cause', () => {
    log({ type: 'engine-ended', container: 'bankrun-1', exitCode: 1, log: `${'x'.repeat(600)}\u001B[2J` });
    log({ type: 'runs-off', cause: new Error('\u001B[2J') });
    expect(logged()).toEqual([
      expect.stringMatching(/^the engine of bankrun-1 ended with exit code 1: "x{496}\\u001b\[2J"$/),
      expect.stringContaining('runs are off: Error: \\u001b[2J\n'),
    ]);
  });

  it('has the beginning of a cause that is as long as a hostile database makes it', () => {
    log({ type: 'tables-unreadable', sandbox: 'one', cause: new Error('x'.repeat(4 << 20)) });
    expect(logged()).toEqual([
      expect.stringMatching(/^the tables of sandbox one could not be read: Error: x{10000,}…$/),
    ]);
    expect(logged()[0]?.length).toBeLessThan(21_000);
  });

  it('has a failure that was reported to a reader by its id', () => {
    const id = reportFailure(log, CAUSE, 'run 1');
    expect(id).toMatch(/^[0-9a-f]{12}$/);
    expect(logged()).toEqual([expect.stringContaining(`error ${id}: run 1: Error: the reason`)]);
  });

  it('has what happens all day only when that is asked for', async () => {
    log(EVERY_USAGE.claimed);
    expect(logged()).toEqual([]);
    (await openLog({ format: 'lines', level: 'info', instance: 'one' }))(EVERY_USAGE.claimed);
    expect(logged()).toEqual(['claimed: {"mode":"insecure","from":"pool","waitedMs":3}']);
  });
});

/** Returns what the JSON log writes for these events. */
function written(level: Level, ...events: ServerEvent[]): Record<string, unknown>[] {
  const lines: string[] = [];
  const report: Report = jsonLog({ level, instance: 'one' }, (line) => lines.push(line));
  for (const event of events) report(event);
  expect(lines.filter((line) => !/^\{[^\n]*\}\n$/.test(line))).toEqual([]);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log for programs', () => {
  it('has an object for each event: level, time, server, words, and its fields', () => {
    const [line] = written('warn', { type: 'failure', id: 'abc', request: 'r1', about: 'run 1', cause: CAUSE });
    expect(line).toEqual({
      level: 'error',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      instance: 'one',
      type: 'failure',
      id: 'abc',
      request: 'r1',
      about: 'run 1',
      cause: { name: 'Error', message: 'the reason', stack: expect.stringContaining('log.test.ts') },
      msg: 'error abc: run 1',
    });
  });

  it('has each event at its level, and none below the one that was asked for', () => {
    const all = [...Object.values(EVERY_FAILURE), ...Object.values(EVERY_USAGE)];
    const levels = (level: Level): unknown[] => [...new Set(written(level, ...all).map((line) => line['level']))];
    expect(levels('error')).toEqual(['error']);
    expect(levels('warn').toSorted()).toEqual(['error', 'warn']);
    expect(levels('info').toSorted()).toEqual(['error', 'info', 'warn']);
    expect(written('info', ...all)).toHaveLength(all.length);
  });

  it('has causes within bounds, and not what errors of databases quote', () => {
    const deep = new Error('x'.repeat(1_000_000), { cause: new Error('its reason', { cause: 'text' }) });
    const cause = Object.assign(deep, { code: '42601', internalQuery: 'SELECT secret', detail: 'Key (secret)' });
    const [line] = written('warn', { type: 'tables-unreadable', sandbox: 'abc', cause });
    expect(line).toMatchObject({
      cause: { code: '42601', cause: { message: 'its reason', cause: { message: 'text' } } },
    });
    expect(JSON.stringify(line).length).toBeLessThan(20_000);
    expect(JSON.stringify(line)).not.toContain('secret');
  });

  it('has the end of an engine’s output without the statement that it died of', () => {
    const log =
      '\tthe rest of an earlier statement: secret\nPANIC:  no space\nSTATEMENT:  INSERT\n\tINTO secret\nit ended\n';
    const [line] = written('warn', { type: 'engine-ended', container: 'bankrun-1', exitCode: 2, log });
    expect(line).toMatchObject({
      container: 'bankrun-1',
      exitCode: 2,
      msg: 'the engine of bankrun-1 ended with exit code 2: "PANIC:  no space\\nit ended\\n"',
    });
    expect(JSON.stringify(line)).not.toContain('secret');
  });
});
