import { describe, expect, it } from 'vitest';
import { MAX_SESSIONS } from '../../../shared/limits.ts';
import { MODES } from '../../../shared/modes.ts';
import type { Step } from '../../../shared/protocol.ts';
import { endOf, printed } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { alone, Doing, rowsOf, toldIn, transactionOf, typed } from './session-steps.ts';

describe.skipIf(withoutSandbox)('SQL steps that are typed into one shell', { timeout: 60_000 }, () => {
  const { reader } = useOwnServer({ STEP_SECONDS: '4', WARM_PER_MODE: '0' });

  async function inSandbox(mode: 'secure' | 'insecure', work: (doing: Doing) => Promise<void>): Promise<void> {
    const me = reader();
    const { id } = await me.claim(mode);
    await work(new Doing(me, id)).finally(() => me.reset(id));
  }

  it.each(MODES)('begin in one run what a later run commits, in %s mode; nobody else sees it earlier', async (mode) => {
    await inSandbox(mode, async (doing) => {
      await doing.run(alone('make', 'CREATE TABLE t (a INT)'));
      const begun = await doing.run(typed('begin', 'BEGIN; INSERT INTO t VALUES (1)'));
      expect([endOf(begun).reason, transactionOf(begun)]).toEqual(['finished', 'open']);
      expect((await doing.info()).transactions).toMatchObject([{ session: 'page:1', step: 'begin', state: 'open' }]);
      expect(rowsOf(await doing.run(alone('look', 'SELECT count(*) FROM t')))).toEqual([[['0']]]);
      expect(rowsOf(await doing.run(typed('see', 'SELECT count(*) FROM t')))).toEqual([[['1']]]);
      const over = await doing.run(typed('commit', 'COMMIT'));
      expect([endOf(over).reason, transactionOf(over)]).toEqual(['finished', undefined]);
      expect(rowsOf(await doing.run(alone('look', 'SELECT count(*) FROM t')))).toEqual([[['1']]]);
      expect(await doing.info()).not.toHaveProperty('transactions');
    });
  });

  it('keep what was set, prepared and drawn from a sequence', async () => {
    await inSandbox('insecure', async (doing) => {
      await doing.run(
        typed(
          'set',
          "SET application_name = 'mine'; CREATE SEQUENCE s; SELECT nextval('s'); PREPARE twice AS SELECT 2 * $1::INT",
        ),
      );
      expect(
        rowsOf(await doing.run(typed('use', "SHOW application_name; SELECT currval('s'); EXECUTE twice (21)"))),
      ).toEqual([[['mine']], [['1']], [['42']]]);
      expect(rowsOf(await doing.run(alone('other', 'SHOW application_name')))).not.toEqual([[['mine']]]);
    });
  });

  it('leave a transaction aborted after an error, until it is rolled back', async () => {
    await inSandbox('insecure', async (doing) => {
      const failed = await doing.run(typed('fail', 'BEGIN; SELECT 1/0; SELECT 2'));
      expect([endOf(failed).reason, transactionOf(failed)]).toEqual(['failed-step', 'aborted']);
      expect(printed(await doing.run(typed('more', 'SELECT 3')), 'stderr')).toContain('SQLSTATE: 25P02');
      expect(transactionOf(await doing.run(typed('end', 'ROLLBACK')))).toBeUndefined();
      expect(rowsOf(await doing.run(typed('more', 'SELECT 3')))).toEqual([[['3']]]);
    });
  });

  it('use two sessions for two users, two databases or two shells', async () => {
    await inSandbox('secure', async (doing) => {
      await doing.run(alone('make', 'CREATE USER maxroach; CREATE DATABASE bank'));
      await doing.run(typed('begin', 'BEGIN'));
      for (const more of [{ user: 'maxroach' }, { database: 'bank' }, { session: 'page:2' }]) {
        expect(transactionOf(await doing.run(typed('other', 'SELECT 1', more)))).toBeUndefined();
      }
      expect(transactionOf(await doing.run(typed('same', 'SELECT 1')))).toBe('open');
    });
  });

  it('reuse the session when one is repeated by itself, and get a new one with an earlier one', async () => {
    await inSandbox('insecure', async (doing) => {
      const [begin, fill] = [
        typed('begin', 'BEGIN; CREATE TABLE t (a INT)'),
        typed('fill', 'INSERT INTO t VALUES (1); SELECT count(*) FROM t'),
      ];
      await doing.run(begin, fill);
      expect(rowsOf(await doing.run(fill)).at(-1)).toEqual([['2']]);
      const anew = await doing.run(begin, fill);
      expect(rowsOf(anew).at(-1)).toEqual([['1']]);
      expect(toldIn(anew)).toMatch(
        /The SQL session was started over, because its earlier steps run again\. Its open transaction was rolled back/,
      );
      expect(printed(await doing.run(begin), 'stderr')).toContain('already a transaction in progress');
    });
  });

  it('get a new session when the shell is reopened', async () => {
    await inSandbox('insecure', async (doing) => {
      const open: Step = { id: 'open', kind: 'shell', command: 'cockroach sql --insecure', session: 'page:1' };
      await doing.run(open, typed('begin', 'BEGIN'));
      const again = await doing.run(open, typed('look', 'SELECT 1'));
      expect([toldIn(again), transactionOf(again)]).toEqual([
        expect.stringMatching(/the shell was opened again\. Its open transaction/),
        undefined,
      ]);
    });
  });

  it('say that a transaction was rolled back when a separate step ends inside it', async () => {
    await inSandbox('insecure', async (doing) => {
      const events = await doing.run(alone('begin', 'BEGIN; CREATE TABLE t (a INT)'));
      expect(toldIn(events)).toMatch(/ended inside a transaction, which was rolled back/);
      expect([transactionOf(events), await doing.info()]).toEqual([
        undefined,
        expect.not.objectContaining({ transactions: expect.anything() as unknown }),
      ]);
    });
  });

  it('are named when a program waits for their open transaction', async () => {
    await inSandbox('insecure', async (doing) => {
      await doing.run(
        alone('make', 'CREATE TABLE t (a INT PRIMARY KEY); INSERT INTO t VALUES (1)'),
        typed('hold', 'BEGIN; UPDATE t SET a = 2'),
      );
      const program: Step = { id: 'wait', kind: 'shell', command: "cockroach sql --insecure -e 'UPDATE t SET a = 3'" };
      expect(endOf(await doing.run(program))).toMatchObject({
        reason: 'timed-out',
        message: expect.stringMatching(/A transaction is open in a SQL session/) as string,
      });
      await doing.run(typed('end', 'COMMIT'));
      expect(endOf(await doing.run(program)).reason).toBe('finished');
    });
  });

  it.each(MODES)(
    'keep their session when the time limit or Stop ends a statement, with an aborted transaction, %s',
    async (mode) => {
      await inSandbox(mode, async (doing) => {
        await doing.run(typed('set', "SET application_name = 'mine'"));
        expect(endOf(await doing.run(typed('sleep', 'SELECT pg_sleep(60); SELECT 1'))).reason).toBe('timed-out');
        const next = await doing.run(typed('next', 'SHOW application_name; BEGIN; SELECT 1'));
        expect([toldIn(next), rowsOf(next)]).toEqual(['', [[['mine']], [], [['1']]]]);
        let stopped: Promise<unknown> | undefined;
        const { events } = await doing.me.run(
          doing.id,
          [typed('sleep', 'SELECT 1; SELECT pg_sleep(60); SELECT 2')],
          (event, location) => {
            if (event.type === 'rows') stopped ??= doing.me.fetch('DELETE', location);
          },
        );
        await stopped;
        expect([endOf(events).reason, transactionOf(events), rowsOf(events)]).toEqual([
          'stopped',
          'aborted',
          [[['1']]],
        ]);
        expect(rowsOf(await doing.run(typed('end', 'ROLLBACK; SHOW application_name'))).at(-1)).toEqual([['mine']]);
      });
    },
  );

  it.each<[what: string, spoil: (doing: Doing) => Promise<unknown>]>([
    ['an earlier statement failed', async (doing) => await doing.run(typed('fail', 'SELECT 1/0'))],
    [
      'it comes too late',
      async (doing) =>
        await doing.run(alone('other', 'BEGIN; SELECT count(*) FROM t; INSERT INTO t VALUES (2); COMMIT')),
    ],
  ])('are undone by a COMMIT that keeps nothing, because %s, and so is that', async (_, spoil) => {
    await inSandbox('insecure', async (doing) => {
      await doing.run(alone('make', 'CREATE TABLE t (a INT)'));
      await doing.run(typed('begin', 'BEGIN; SELECT count(*) FROM t'), typed('fill', 'INSERT INTO t VALUES (1)'));
      await spoil(doing);
      const over = await doing.run(typed('commit', '-- all of it\nCOMMIT'));
      expect([toldIn(over), transactionOf(over)]).toEqual(['Its transaction was rolled back.', undefined]);
      expect((await doing.info()).undone).toEqual(
        endOf(over).reason === 'finished' ? ['begin', 'fill', 'commit'] : ['begin', 'fill'],
      );
      await doing.run(typed('begin', 'BEGIN'), typed('fill', 'INSERT INTO t VALUES (1)'), typed('commit', 'COMMIT'));
      expect(await doing.info()).not.toHaveProperty('undone');
    });
  });

  it('stay done when the reader rolls them back', async () => {
    await inSandbox('insecure', async (doing) => {
      await doing.run(typed('begin', 'BEGIN'), typed('fill', 'CREATE TABLE t (a INT)'));
      expect(toldIn(await doing.run(typed('back', '/* no */ ROLLBACK')))).toBe('');
      expect(await doing.info()).not.toHaveProperty('undone');
    });
  });

  it('say at the next step that an oversized answer ended their session', async () => {
    await inSandbox('insecure', async (doing) => {
      await doing.run(typed('begin', 'BEGIN'));
      expect(
        printed(await doing.run(typed('large', "SELECT repeat('x', 3000000) FROM generate_series(1, 2)")), 'stderr'),
      ).toContain('more than 4 MiB');
      expect(await doing.info()).toMatchObject({ undone: ['begin'] });
      expect(toldIn(await doing.run(typed('next', 'SELECT 1')))).toMatch(
        /whose answer was too large\. Its open transaction was rolled back/,
      );
      expect(toldIn(await doing.run(typed('next', 'SELECT 1')))).toBe('');
    });
  });

  it('keep a temporary table, which nobody else has', async () => {
    await inSandbox('insecure', async (doing) => {
      expect(printed(await doing.run(typed('make', 'CREATE TEMP TABLE mine (a INT)')), 'stderr')).toContain(
        "SET experimental_enable_temp_tables = 'on'",
      );
      await doing.run(
        typed(
          'make',
          "SET experimental_enable_temp_tables = 'on'; CREATE TEMP TABLE mine (a INT); INSERT INTO mine VALUES (7)",
        ),
      );
      expect(rowsOf(await doing.run(typed('look', 'SELECT a FROM mine')))).toEqual([[['7']]]);
      expect(printed(await doing.run(alone('other', 'SELECT a FROM mine')), 'stderr')).toContain('42P01');
    });
  });

  it('are undone with their session when the reader ends it, without further messages', async () => {
    await inSandbox('insecure', async (doing) => {
      await doing.run(
        typed('plain', 'CREATE TABLE t (a INT)'),
        typed('begin', 'BEGIN'),
        typed('fill', 'INSERT INTO t VALUES (1)'),
      );
      const path = `/api/sandboxes/${doing.id}/sessions/`;
      expect((await doing.me.fetch('DELETE', `${path}page%3A2`)).status).toBe(404);
      expect((await reader().fetch('DELETE', `${path}page%3A1`)).status).toBe(404);
      expect((await doing.me.fetch('DELETE', `${path}page%3A1`)).status).toBe(204);
      expect(await doing.info()).toMatchObject({ undone: ['begin', 'fill'] });
      const again = await doing.run(typed('fill', 'SELECT count(*) FROM t'));
      expect([rowsOf(again), toldIn(again), (await doing.info()).undone]).toEqual([[[['0']]], '', ['begin']]);
    });
  });

  it('make room for each other, and say so', async () => {
    await inSandbox('insecure', async (doing) => {
      for (let n = 1; n <= MAX_SESSIONS + 1; n += 1)
        await doing.run(
          typed(`in-${n}`, n === 1 ? 'BEGIN' : "SET application_name = 'mine'", { session: `page:${n}` }),
        );
      expect((await doing.info()).undone).toEqual(['in-2']);
      expect(toldIn(await doing.run(typed('again', 'SELECT 1', { session: 'page:2' })))).toContain(
        `a cluster has at most ${MAX_SESSIONS}`,
      );
      expect(transactionOf(await doing.run(typed('again', 'SELECT 1', { session: 'page:1' })))).toBe('open');
    });
  });
});
