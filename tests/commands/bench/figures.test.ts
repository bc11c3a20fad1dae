import { expect, it } from 'vitest';
import { divideCost } from '../../../commands/bench/crowd-cost.ts';
import { processTime } from '../../../commands/bench/processor.ts';
import { meanOf, totalOf, type PhaseCost } from '../../../commands/bench/start-cost.ts';
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

it('averages starts phase by phase and process by process, and adds their phases up', () => {
  const phase = (waitedMs: number): PhaseCost => ({ waitedMs, containerMs: 2, serverMs: 1, runtimeMs: 0 });
  const mean = meanOf([
    { phases: new Map([['certificates', phase(10)]]), processes: new Map([['agent', 4]]) },
    {
      phases: new Map([
        ['certificates', phase(30)],
        ['engine', phase(8)],
      ]),
      processes: new Map([['engine', 6]]),
    },
  ]);
  expect(mean.phases.get('certificates')).toEqual(phase(20));
  expect(mean.phases.get('engine')).toEqual({ waitedMs: 4, containerMs: 1, serverMs: 0.5, runtimeMs: 0 });
  expect([...mean.processes]).toEqual([
    ['agent', 2],
    ['engine', 3],
  ]);
  expect(totalOf(mean)).toEqual({ waitedMs: 24, containerMs: 3, serverMs: 1.5, runtimeMs: 0 });
});
