import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../server/cluster/database-error.ts';
import type { QueryResult } from '../../../server/cluster/sql-session.ts';
import { KeptShells } from '../../../server/sandbox/kept-shells.ts';
import type { Step } from '../../../shared/protocol.ts';
import { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { heldBytes, untilTrue } from '../../support/held-memory.ts';
import { fakeClusterContainer } from './fake-cluster-container.ts';
import { LIMITS } from './test-limits.ts';

const MIB = 1 << 20;
/** What one run may keep, together with the earlier ones: see output.ts and `Sandbox.start`. */
const MAX_BYTES = 5 * MIB;
const ROOMY = { ...LIMITS, stepMs: 60_000, outputBytes: MIB };
const SQL: Step = { id: 'sql', kind: 'sql', user: 'root', statements: 'SELECT;'.repeat(8000) };
const SHELL: Step = { id: 'shell', kind: 'shell', command: 'print' };

const rows = (columns: number, cell: string | null): (string | null)[][] =>
  Array.from({ length: 1000 }, () =>
    Array<string | null>(columns).fill(cell === null ? null : `${cell}${Math.random()}`),
  );

/** Ways in which one sandbox prints little but makes the server keep much. */
describe('what a reader’s sandbox makes the server keep is bounded', { timeout: 120_000 }, () => {
  it.each<[string, Step, Parameters<typeof fakeClusterContainer>[1]]>([
    ['plain output, to its limit', SHELL, { prints: ['x'.repeat(2 * MIB)] }],
    ['a byte of each stream in turn', SHELL, { prints: Array<string>(200_000).fill('x') }],
    ['output that is not Latin', SHELL, { prints: ['п'.repeat(MIB)] }],
    ['rows without columns', SQL, { answer: () => ({ columns: [], rows: [], tag: 'SELECT 1000', count: 1000 }) }],
    [
      'rows of nothing',
      SQL,
      { answer: () => ({ columns: ['a', 'b'], rows: rows(2, null), tag: 'SELECT 1000', count: 1000 }) },
    ],
    [
      'rows of short cells that are not Latin',
      SQL,
      { answer: () => ({ columns: ['a'], rows: rows(1, 'п'), tag: 'SELECT 1000', count: 1000 }) },
    ],
    [
      'names of columns',
      SQL,
      {
        answer: () => ({
          columns: Array.from({ length: 1000 }, () => `column ${Math.random()}`),
          rows: [],
          tag: 'SELECT 0',
          count: 0,
        }),
      },
    ],
  ])('by %s', async (_, step, doings) => {
    const sandbox = new Sandbox(fakeClusterContainer('secure', doings).clusterContainer, ROOMY);
    const before = await heldBytes();
    for (let count = 0; count < 4; count += 1) {
      const { log } = sandbox.start([step]);
      for await (const { event } of log.follow(0, new AbortController().signal)) void event;
      await untilTrue(() => sandbox.info().state === 'ready');
    }
    expect((await heldBytes()) - before).toBeLessThan(MAX_BYTES);
    await sandbox.close('reset');
  });

  it('by steps that are meant to fail, whose output ends the run when it exceeds the limit', async () => {
    let asked = 0;
    const answer = (): QueryResult => {
      if ((asked += 1) <= 10) throw new DatabaseError('x'.repeat(MIB / 10));
      return { columns: [], rows: [], tag: '', count: 0 };
    };
    const sandbox = new Sandbox(fakeClusterContainer('secure', { answer }).clusterContainer, ROOMY);
    const steps = Array.from({ length: 64 }, (_, n): Step => ({
      ...SQL,
      id: `${n}`,
      statements: 'SELECT 1',
      fails: true,
    }));
    const { log } = sandbox.start(steps);
    let printed = 0;
    let done = 0;
    for await (const { event } of log.follow(0, new AbortController().signal)) {
      if (event.type === 'output') printed += event.text.length;
      if (event.type === 'done') done += 1;
    }
    expect([log.reason, printed, done]).toEqual(['too-much-output', MIB, 10]);
    await sandbox.close('reset');
  });

  it('by any number of shells that are to begin anew and never do', async () => {
    const shells = new KeptShells();
    const before = await heldBytes();
    for (let count = 0; count < 50_000; count += 1) {
      const steps = ['one', 'two'].map(
        (id) => ({ id, kind: 'shell', command: '', shell: `${count}`.padEnd(200, 'x') }) as const,
      );
      for (const step of steps) shells.environmentOf(step);
      shells.beginRun(steps);
    }
    expect((await heldBytes()) - before).toBeLessThan(MIB);
    shells.beginRun([]); // they are still needed
  });
});
