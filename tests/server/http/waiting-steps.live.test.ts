import { describe, expect, it } from 'vitest';
import { MODES } from '../../../shared/modes.ts';
import type { Problem, RunEvent, Step } from '../../../shared/protocol.ts';
import { endOf, printed } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { alone, Doing, rowsOf, toldIn, transactionOf, typed } from './session-steps.ts';

const a = (id: string, statements: string): Step => typed(id, statements, { session: 'page:A' });
const b = (id: string, statements: string): Step => typed(id, statements, { session: 'page:B' });
const waits = (step: Step): Step => ({ ...step, waits: true }) as Step;
const fails = (step: Step): Step => ({ ...step, fails: true }) as Step;

const MAKE = alone('make', 'CREATE TABLE t (id INT PRIMARY KEY, n INT); INSERT INTO t VALUES (1, 10)');
const HOLD = a('hold', 'BEGIN; UPDATE t SET n = n + 1 WHERE id = 1');
const ADD = waits(b('add', 'UPDATE t SET n = n + 100 WHERE id = 1 RETURNING n'));
const LOOK = alone('look', 'SELECT n FROM t');

/** Returns how each step ended: its id, and what is not as usual. */
const endsOf = (events: RunEvent[]): unknown[] =>
  events.flatMap((event) => {
    if (event.type !== 'done') return [];
    const { step, ok, sqlState, isWaiting } = event;
    return [
      [step, ...(ok ? [] : ['failed']), ...(sqlState ? [sqlState] : []), ...(isWaiting ? ['waits'] : [])].join(' '),
    ];
  });

/** Returns the answers of a run's steps, with the marks that say whose they are. */
const markedOf = (events: RunEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'answer' ? [event.of] : event.type === 'rows' || event.type === 'output' ? [event.type] : [],
  );

describe.skipIf(withoutSandbox)('sessions side by side', { timeout: 120_000 }, () => {
  const { reader } = useOwnServer({ STEP_SECONDS: '60', WARM_PER_MODE: '0' });

  async function inSandbox(mode: 'secure' | 'insecure', work: (doing: Doing) => Promise<void>): Promise<void> {
    const me = reader();
    const { id } = await me.claim(mode);
    await work(new Doing(me, id)).finally(() => me.reset(id));
  }

  it.each(MODES)(
    'have a step wait for another session; its answer comes in its session’s next, in %s mode',
    async (mode) => {
      await inSandbox(mode, async (doing) => {
        const events = await doing.run(MAKE, HOLD, ADD, a('commit', 'COMMIT'), b('next', 'SELECT n + 1 FROM t'), LOOK);
        expect(endOf(events).reason).toBe('finished');
        expect(endsOf(events)).toEqual(['make', 'hold', 'add waits', 'commit', 'next', 'look']);
        const next = events.slice(events.findIndex((event) => event.type === 'begin' && event.step === 'next'));
        expect(rowsOf(next)).toEqual([[['111']], [['112']], [['111']]]);
        expect(markedOf(next)).toEqual(['waited', 'rows', 'own', 'rows', 'rows']);
        expect((await doing.info()).done).toContain('add');
      });
    },
  );

  it('keep what waits between runs, and its session with it', async () => {
    await inSandbox('insecure', async (doing) => {
      await doing.run(MAKE, HOLD);
      expect(endsOf(await doing.run(waits(b('add', 'BEGIN; UPDATE t SET n = 0'))))).toEqual(['add waits']);
      expect((await doing.info()).transactions).toMatchObject([{ step: 'hold' }, { step: 'add', state: 'open' }]);
      await doing.run(a('back', 'ROLLBACK'));
      const after = await doing.run(b('commit', 'SELECT n FROM t; COMMIT'));
      expect(rowsOf(after).at(1)).toEqual([['0']]);
      expect(rowsOf(await doing.run(LOOK))).toEqual([[['0']]]);
    });
  });

  it('answer at once what has nothing to wait for, or cannot be done', async () => {
    await inSandbox('insecure', async (doing) => {
      const events = await doing.run(
        MAKE,
        ADD,
        fails(waits(b('wrong', 'SELECT 1; SELECT 1/0'))),
        waits(b('none', '-- no')),
      );
      expect(endsOf(events)).toEqual(['make', 'add', 'wrong failed 22012', 'none']);
      expect(rowsOf(events).at(2)).toEqual([['110']]);
    });
  });

  it('print a late error in the next step, which counts as failed unless the error was meant', async () => {
    await inSandbox('insecure', async (doing) => {
      const insert = waits(b('insert', 'INSERT INTO t VALUES (2, 0)'));
      const taken = [MAKE, a('hold', 'BEGIN; INSERT INTO t VALUES (2, 1)')];
      const first = await doing.run(...taken, insert, a('commit', 'COMMIT'), b('next', 'SELECT 7'), LOOK);
      expect(endsOf(first)).toEqual(['make', 'hold', 'insert waits', 'commit', 'next failed 23505']);
      expect(endOf(first).reason).toBe('failed-step');
      expect(printed(first, 'stderr')).toContain('SQLSTATE: 23505');
      expect(rowsOf(first).at(-1)).toEqual([['7']]);
      expect(markedOf(first).slice(-4)).toEqual(['waited', 'output', 'own', 'rows']);
      await doing.run(alone('delete', 'DELETE FROM t WHERE id = 2'));
      const meant = [taken[1]!, fails(insert), a('commit', 'COMMIT'), b('next', 'SELECT 7')];
      const second = await doing.run(...meant);
      expect([endOf(second).reason, endsOf(second).at(-1)]).toEqual(['finished', 'next']);
      expect(printed(second, 'stderr')).toContain('SQLSTATE: 23505');
    });
  });

  it('begin anew with a step that still waits, and when everything runs again', async () => {
    await inSandbox('insecure', async (doing) => {
      const all = [MAKE, HOLD, ADD, a('commit', 'COMMIT'), b('next', 'SELECT n FROM t')];
      await doing.run(...all.slice(0, 3));
      expect(endsOf(await doing.run(ADD))).toEqual(['add waits']);
      await doing.run(alone('drop', 'SELECT 1'));
      const anew = await doing.run(fails(MAKE), ...all.slice(1));
      expect(endsOf(anew).slice(1)).toEqual(['hold', 'add waits', 'commit', 'next']);
      expect(rowsOf(anew).at(-1)).toEqual([['111']]);
    });
  });

  it('lose what still waits with their session, and free what it held', async () => {
    await inSandbox('insecure', async (doing) => {
      await doing.run(MAKE, HOLD, ADD);
      expect((await doing.me.fetch('DELETE', `/api/sandboxes/${doing.id}/sessions/page:B`)).status).toBe(204);
      expect((await doing.info()).undone).toEqual(['add']);
      await doing.run(a('commit', 'COMMIT'));
      expect(rowsOf(await doing.run(LOOK))).toEqual([[['11']]]);
    });
  });

  it('end with an answer that is longer than is taken, and say so in the next step', async () => {
    await inSandbox('insecure', async (doing) => {
      const long = "SELECT repeat('x', 3000000) FROM added, generate_series(1, 3)";
      const add = waits(b('add', `WITH added AS (UPDATE t SET n = 0 RETURNING n) ${long}`));
      const left = await doing.run(MAKE, HOLD, add, a('commit', 'COMMIT'));
      expect(endsOf(left)).toEqual(['make', 'hold', 'add waits', 'commit']);
      await expect.poll(async () => (await doing.info()).undone, { timeout: 60_000 }).toEqual(['add']);
      const next = await doing.run(b('next', 'SELECT 7'));
      expect([rowsOf(next), next.find(({ type }) => type === 'session')]).toEqual([
        [[['7']]],
        { type: 'session', cause: 'too-large' },
      ]);
    });
  });

  it('need a session to wait in', async () => {
    await inSandbox('insecure', async ({ me, id }) => {
      const { status, body } = await me.ask<Problem>('POST', `/api/sandboxes/${id}/runs`, {
        steps: [waits(alone('one', 'SELECT 1'))],
      });
      expect([status, body.error.message]).toEqual([
        400,
        'steps.0.waits: must be left out of a step without a session.',
      ]);
    });
  });
});

describe.skipIf(withoutSandbox)('a step that gets the answer of one that waited', { timeout: 120_000 }, () => {
  const { reader } = useOwnServer({ STEP_SECONDS: '5', WARM_PER_MODE: '0' });

  it.each(['its limit', 'Stop'] as const)('is ended by %s, and the statement with it', async (by) => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const doing = new Doing(me, id);
    await doing.run(MAKE, HOLD, ADD);
    let isStopped = false;
    const { events } = await me.run(id, [b('next', 'SELECT 1')], (event, location) => {
      if (by !== 'Stop' || event.type !== 'begin' || isStopped) return;
      isStopped = true;
      void me.fetch('DELETE', location);
    });
    expect(endOf(events).reason).toBe(by === 'Stop' ? 'stopped' : 'timed-out');
    await doing.run(a('commit', 'COMMIT'));
    const after = await doing.run(b('next', 'SELECT n FROM t'));
    expect([rowsOf(after), toldIn(after), transactionOf(after)]).toEqual([[[['11']]], '', undefined]);
    await me.reset(id);
  });
});
