import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../server/cluster/cluster.ts';
import { MAX_NAMED_SESSIONS, MAX_SESSIONS } from '../../../shared/limits.ts';
import type { Step, TransactionState } from '../../../shared/protocol.ts';
import { sessionSentence } from '../../../shared/sentences/session-sentence.ts';
import { KeptSessions } from '../../../server/sandbox/kept-sessions.ts';
import { fakeSession } from './fake-session.ts';

const LIMITS = { sessionMs: 60_000, transactionMs: 60_000 };
const STEP = { id: 'begin', kind: 'sql' as const, statements: 'BEGIN', user: 'root', session: 'page:1' };
const shell: Step = { id: 'open', kind: 'shell', command: 'cockroach sql', session: 'page:1' };

/** Returns a cluster with one session, which a test can lose. */
function endingSession(transaction?: TransactionState): {
  cluster: Cluster;
  lose: () => void;
  isClosed: () => boolean;
} {
  const ended = Promise.withResolvers<void>();
  let isOver = false;
  let isClosed = false;
  const session = fakeSession({
    transaction,
    ended: ended.promise,
    close: async () => void (isClosed = true),
    destroy: () => void (isClosed = true),
  });
  Object.defineProperty(session, 'isOver', { get: () => isOver });
  const lose = (): void => {
    isOver = true;
    ended.resolve();
  };
  return { cluster: { open: async () => session }, lose, isClosed: () => isClosed };
}

async function used(sessions: KeptSessions, cluster: Cluster): Promise<string | undefined> {
  const { kept, lastEnd } = await sessions.take(STEP, cluster);
  kept.note(STEP.id, STEP.statements);
  sessions.giveBack(kept, 'lost');
  return lastEnd && sessionSentence(lastEnd);
}

describe('the SQL sessions of a sandbox', () => {
  it('one that the database ends undoes its open transaction, and is reported at the next step', async () => {
    const sessions = new KeptSessions(LIMITS);
    const { cluster, lose } = endingSession('open');
    expect(await used(sessions, cluster)).toBeUndefined();
    expect(sessions.transactions).toMatchObject([{ session: 'page:1', step: 'begin', state: 'open' }]);
    lose();
    await expect.poll(() => sessions.undone).toEqual(['begin']);
    expect(sessions.transactions).toEqual([]);
    expect(await used(sessions, endingSession().cluster)).toBe(
      'The database ended the SQL session. Its open transaction was rolled back, and what was set ' +
        'in it is gone. This step is in a new one.',
    );
  });

  it('one that is replaced is reported only if it had an open transaction', async () => {
    for (const state of [undefined, 'open'] as const) {
      const sessions = new KeptSessions(LIMITS);
      const { cluster, isClosed } = endingSession(state);
      await used(sessions, cluster);
      await sessions.beginStep(shell);
      expect(isClosed()).toBe(true);
      expect(await used(sessions, endingSession().cluster)).toEqual(
        state && expect.stringContaining('the shell was opened again'),
      );
    }
  });

  it('one keeps a bounded number of steps, the last ones, however many a client names', async () => {
    const sessions = new KeptSessions(LIMITS);
    const { kept } = await sessions.take(STEP, endingSession('open').cluster);
    for (let step = 0; step < 10_000; step += 1) kept.note(`step ${step}`, 'SET a = 1');
    expect(kept.holds.length).toBeLessThanOrEqual(512);
    expect(kept.holds.at(-1)).toBe('step 9999');
    sessions.close();
  });

  it('all that a page can name are kept at a time, and the one that is ended for more has nothing open', async () => {
    const sessions = new KeptSessions(LIMITS);
    const named = (n: number): typeof STEP => ({ ...STEP, id: `${n}`, session: `page:S${n}` });
    const ended: number[] = [];
    const use = async (n: number, transaction?: TransactionState): Promise<void> => {
      const session = fakeSession({ transaction, close: async () => void ended.push(n) });
      const { kept } = await sessions.take(named(n), { open: async () => session });
      sessions.giveBack(kept, 'lost');
    };
    for (let n = 1; n <= MAX_NAMED_SESSIONS; n += 1) await use(n, 'open');
    for (let n = MAX_NAMED_SESSIONS + 1; n <= MAX_SESSIONS; n += 1) await use(n);
    expect(ended).toEqual([]);
    await use(MAX_SESSIONS + 1);
    expect(ended).toEqual([MAX_NAMED_SESSIONS + 1]);
    sessions.close();
  });

  it('none outlives the sandbox, not even one that was being opened when the sandbox closed', async () => {
    const sessions = new KeptSessions(LIMITS);
    const [open, coming] = [endingSession('open'), endingSession()];
    await used(sessions, open.cluster);
    const taking = sessions.take({ ...STEP, user: 'maxroach' }, coming.cluster);
    sessions.close();
    await taking;
    expect([open.isClosed(), coming.isClosed(), sessions.transactions, sessions.undone]).toEqual([true, true, [], []]);
  });
});
