import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../shared/protocol.ts';
import { keptEvents } from '../../../../src/runner/result/kept-events.ts';

const rows = (count: number, cell = 'x'): RunEvent & { type: 'rows' } => ({
  type: 'rows',
  columns: ['a'],
  rows: Array.from({ length: count }, () => [cell]),
  tag: `SELECT ${count}`,
});
const done: RunEvent = { type: 'done', step: 'go', ok: true, ms: 5 };

describe('what is kept of a step for after a reload', () => {
  it('is everything, up to a limit', () => {
    expect(keptEvents([rows(1500), done])).toEqual({ events: [rows(1500), done] });
  });

  it('is the first rows of a long answer, with the true number of all', () => {
    const kept = keptEvents([rows(9000), done]);
    expect(kept.isShort).toBe(true);
    expect(kept.events?.map((event) => (event.type === 'rows' ? [event.rows.length, event.count] : event))).toEqual([
      [1000, 9000],
      done,
    ]);
    expect(keptEvents([{ ...rows(9000), count: 12_000 }]).events).toMatchObject([{ count: 12_000 }]);
  });

  it('is nothing where even these are too long', () => {
    expect(keptEvents([rows(9000, 'x'.repeat(100)), done])).toEqual({});
    expect(keptEvents([{ type: 'output', stream: 'stdout', text: 'x'.repeat(30_000) }])).toEqual({});
  });
});
