import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../../shared/protocol.ts';
import type { QueryResult } from '../../../server/cluster/sql-session.ts';
import { EventLog } from '../../../server/sandbox/event-log.ts';
import { RunOutput } from '../../../server/sandbox/run-output.ts';

const KIB = 1024;

async function eventsOf(log: EventLog): Promise<RunEvent[]> {
  log.end('finished');
  const events: RunEvent[] = [];
  for await (const { event } of log.follow(0, new AbortController().signal)) events.push(event);
  return events;
}

/** Returns each event in brief: `stdout a`, `done`. */
const briefly = (events: RunEvent[]): string[] =>
  events.map((event) => (event.type === 'output' ? `${event.stream} ${event.text}` : event.type));

async function textOf(log: EventLog): Promise<string> {
  return (await eventsOf(log)).map((event) => (event.type === 'output' ? event.text : '')).join('');
}

describe('RunOutput', () => {
  it('joins a character that arrived in two chunks', async () => {
    const log = new EventLog();
    const output = new RunOutput(log, 100);
    const bytes = Buffer.from('é');
    output.write('stdout', bytes.subarray(0, 1));
    output.write('stdout', bytes.subarray(1));
    expect(await textOf(log)).toBe('é');
  });

  it('keeps the streams apart meanwhile', async () => {
    const log = new EventLog();
    const output = new RunOutput(log, 100);
    const bytes = Buffer.from('é');
    output.write('stdout', bytes.subarray(0, 1));
    output.write('stderr', Buffer.from('x'));
    output.write('stdout', bytes.subarray(1));
    expect(await textOf(log)).toBe('xé');
  });

  it('shows broken bytes as replacement characters', async () => {
    const log = new EventLog();
    const output = new RunOutput(log, 100);
    output.write('stdout', Buffer.from([0x61, 0xff, 0xc3]));
    output.flush();
    expect(await textOf(log)).toBe('a\ufffd\ufffd');
  });

  it('drops rows of an answer only beyond a thousand, and where they take half of the memory that is left', () => {
    const answer = (rows: number, cell: string): QueryResult => ({
      columns: ['a', 'b'],
      rows: Array.from({ length: rows }, () => [cell, null]),
      tag: `SELECT ${rows}`,
      count: rows,
    });
    const limit = 1024 * KIB;
    const log = new EventLog();
    const output = new RunOutput(log, limit);
    expect(output.answerOf(answer(9000, '1'))).toEqual({ type: 'rows', ...answer(9000, '1') });
    let kept = 0;
    for (let statement = 0; statement < 5; statement += 1) {
      const event = output.answerOf(answer(10_000, 'some text'));
      expect([event.count, output.hasRoomFor(event)]).toEqual([10_000, true]);
      expect(event.rows.length).toBeGreaterThanOrEqual(1000);
      log.add(event);
      kept += event.rows.length;
    }
    expect(kept).toBeGreaterThan(20_000);
    expect(kept).toBeLessThan(30_000);
    expect(output.answerOf(answer(1000, 'x'.repeat(10_000))).rows).toHaveLength(1000);
  });

  it('counts down how much may still be printed', () => {
    const output = new RunOutput(new EventLog(), 100);
    output.write('stdout', Buffer.from('x'.repeat(40)));
    expect(output.leftBytes).toBe(60);
    output.write('stdout', Buffer.from('x'.repeat(60)));
    expect([output.leftBytes, output.over]).toEqual([0, undefined]);
    output.write('stdout', Buffer.from('x'));
    expect([output.leftBytes, output.over]).toEqual([0, 'printed']);
  });

  it('has room for answers while keeping them takes at most a few times the output limit', () => {
    const log = new EventLog();
    const output = new RunOutput(log, KIB << 10);
    const answer: RunEvent & { type: 'rows' } = {
      type: 'rows',
      columns: ['n'],
      rows: Array.from({ length: 1000 }, () => ['1']),
      tag: 'SELECT 1000',
    };
    while (output.hasRoomFor(answer)) log.add(answer);
    expect(log.keptBytes).toBeGreaterThan(2 * KIB * KIB);
    expect(log.keptBytes).toBeLessThanOrEqual(4 * KIB * KIB);
    expect(output.over).toBe('kept');
  });

  it('counts only what was printed, however small its chunks', async () => {
    const log = new EventLog();
    const output = new RunOutput(log, 100);
    for (let count = 0; count < 100; count += 1) output.write('stdout', Buffer.from('x'));
    expect([output.leftBytes, output.over]).toEqual([0, undefined]);
    output.write('stdout', Buffer.from('x'));
    expect(output.over).toBe('printed');
    expect(await textOf(log)).toBe('x'.repeat(100));
  });

  it('drops what exceeds the limit', async () => {
    const log = new EventLog();
    const output = new RunOutput(log, 100);
    for (let count = 0; count < 3; count += 1) output.write('stdout', Buffer.from('x'.repeat(80)));
    expect(await textOf(log)).toBe('x'.repeat(100));
  });
});

describe('small pieces of output', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const setUp = (
    limitBytes = 10_000,
  ): { log: EventLog; print: (stream: 'stdout' | 'stderr', text: string) => void; output: RunOutput } => {
    const log = new EventLog();
    const output = new RunOutput(log, limitBytes);
    return { log, output, print: (stream, text) => output.write(stream, Buffer.from(text)) };
  };

  it('the first is sent at once, and those that follow closely are sent as one event soon after', async () => {
    const { log, print } = setUp();
    print('stdout', 'a');
    expect(log.size).toBe(1);
    for (const letter of 'bcd') print('stdout', letter);
    expect(log.size).toBe(1);
    await vi.advanceTimersByTimeAsync(10);
    expect(log.size).toBe(2);
    await vi.advanceTimersByTimeAsync(100);
    print('stdout', 'e');
    expect(log.size).toBe(3);
    expect(briefly(await eventsOf(log))).toEqual(['stdout a', 'stdout bcd', 'stdout e', 'end']);
  });

  it('keep the order in which both streams printed them', async () => {
    const { log, print } = setUp();
    for (const letter of 'abc') print('stdout', letter);
    print('stderr', 'd');
    print('stdout', 'e');
    print('stderr', 'f');
    print('stderr', 'g');
    print('stdout', 'h');
    expect(briefly(await eventsOf(log))).toEqual([
      'stdout a',
      'stdout bc',
      'stderr d',
      'stdout e',
      'stderr fg',
      'stdout h',
      'end',
    ]);
  });

  it.each<[string, (log: EventLog, output: RunOutput) => void]>([
    [
      'a step is done',
      (log, output) => {
        output.flush();
        log.add({ type: 'done', step: 'a', ok: true, ms: 1 });
      },
    ],
    ['rows come', (log) => log.add({ type: 'rows', columns: [], rows: [], tag: '' })],
    ['the run ends, also with its sandbox', (log) => log.end('lost')],
  ])('are all there before %s', async (_, next) => {
    const { log, output, print } = setUp();
    for (const letter of 'abc') print('stdout', letter);
    next(log, output);
    await vi.advanceTimersByTimeAsync(100);
    expect(briefly(await eventsOf(log)).slice(0, 3)).toEqual([
      'stdout a',
      'stdout bc',
      expect.stringMatching(/^(done|rows|end)$/),
    ]);
  });

  it('cost few events, even when they arrive now and then for half an hour', async () => {
    const { log, output, print } = setUp(KIB * KIB);
    for (let ms = 0; ms < 30 * 60_000; ms += 6) {
      print('stdout', 'x');
      vi.advanceTimersByTime(6);
    }
    expect(output.over).toBeUndefined();
    expect(await textOf(log)).toHaveLength(300_000);
  });

  it('cost few events, even when the streams interleave, and the run is told why it ends', () => {
    const { log, output, print } = setUp(KIB * KIB);
    while (!output.over) {
      print('stdout', 'x');
      print('stderr', 'y');
    }
    expect(output.over).toBe('kept');
    expect(log.keptBytes).toBeLessThanOrEqual(4 * KIB * KIB + KIB);
    for (let count = 0; count < 10_000; count += 1) print(count % 2 ? 'stdout' : 'stderr', 'more');
    expect(log.keptBytes).toBeLessThanOrEqual(4 * KIB * KIB + KIB);
  });
});
