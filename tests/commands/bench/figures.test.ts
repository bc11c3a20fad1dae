import { expect, it } from 'vitest';
import { divideCost } from '../../../commands/bench/crowd-cost.ts';
import { processTime } from '../../../commands/bench/processor.ts';
import { percentile } from '../../../commands/bench/timing.ts';

it('divides what a crowd cost into its starts, and what server and containers did besides', () => {
  const crowd = { containersMs: 5000, serverMs: 1000 };
  expect(divideCost(crowd, { containersMs: 300, serverMs: 50 }, 10)).toEqual({
    startsMs: 3500,
    serverMs: 500,
    programsMs: 2000,
  });
});

it('finds the value below which a share of the values lies, in whatever order they come', () => {
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(3);
  expect(percentile([4, 1, 3, 2], 0.99)).toBe(4);
  expect(percentile([], 0.5)).toBeNaN();
});

it('reads the processor time of a process, which grows while it works', () => {
  const before = processTime(process.pid).ownMs;
  while (process.cpuUsage().user + process.cpuUsage().system < (before + 50) * 1000) Math.random();
  const { ownMs, endedMs } = processTime(process.pid);
  expect(ownMs).toBeGreaterThan(before);
  expect(endedMs).toBeGreaterThanOrEqual(0);
});
