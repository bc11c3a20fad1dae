import { SqlError } from '../protocol/problem.ts';
import type { ActPlan, Context } from './plan.ts';
import type { Statement } from './statement.ts';
import { Words } from './words.ts';

const STATUS = { none: 'NoTxn', open: 'Open', aborted: 'Aborted', committed: 'CommitWait' };

/**
 * Statements that steer the transaction; allowed in any state of it (cockroachlabs.com/docs/stable/begin-transaction
 * and its neighbours).
 */
export function planTransaction(statement: Statement, { session }: Context): ActPlan | undefined {
  const { transaction } = session;
  const words = new Words(statement);
  const act = (run: () => Promise<string>, always = false): ActPlan => {
    words.end();
    return { kind: 'act', always, act: async () => ({ tag: await run() }) };
  };
  if (words.skip('begin') || words.skip('start', 'transaction')) {
    words.one('transaction', 'work');
    const modes = readModes(words);
    return act(async () => {
      await transaction.begin(modes);
      return 'BEGIN';
    });
  }
  if (words.skip('commit') || words.skip('end')) {
    words.one('transaction', 'work');
    return act(() => transaction.commit(), true);
  }
  if (words.skip('rollback') || words.skip('abort')) {
    words.one('transaction', 'work');
    if (!words.skip('to')) return act(() => transaction.rollback(), true);
    words.skip('savepoint');
    const name = words.name();
    return act(async () => {
      await transaction.rollbackTo(name);
      return 'ROLLBACK';
    });
  }
  if (words.skip('release')) {
    words.skip('savepoint');
    const name = words.name();
    return act(async () => await releaseUnlessAborted(name, transaction));
  }
  if (words.skip('show', 'transaction', 'status') || words.skip('show', 'transaction_status')) {
    words.end();
    return {
      kind: 'act',
      always: true,
      columns: [{ name: 'TRANSACTION STATUS', oid: 25 }],
      act: () => ({
        tag: 'SHOW TRANSACTION STATUS 1',
        columns: [{ name: 'TRANSACTION STATUS', oid: 25 }],
        rows: [[STATUS[transaction.state]]],
      }),
    };
  }
  return undefined;
}

async function releaseUnlessAborted(name: string, transaction: Context['session']['transaction']): Promise<string> {
  if (transaction.state === 'aborted')
    throw new SqlError('25P02', 'current transaction is aborted, commands ignored until end of transaction block');
  return await transaction.release(name);
}

/** Transaction modes. Every isolation is accepted, and is serializable. */
export function readModes(words: Words): { readOnly: boolean; priority: string } {
  const modes = { readOnly: false, priority: 'normal' };
  while (!words.ended) {
    if (words.skip('isolation', 'level')) {
      if (
        !words.skip('read', 'committed') &&
        !words.skip('read', 'uncommitted') &&
        !words.skip('repeatable', 'read') &&
        !words.one('snapshot', 'serializable')
      )
        throw words.wrong();
    } else if (words.skip('read', 'only')) modes.readOnly = true;
    else if (words.skip('read', 'write')) modes.readOnly = false;
    else if (words.skip('priority')) {
      const priority = words.one('low', 'normal', 'high');
      if (!priority) throw words.wrong();
      modes.priority = priority;
    } else if (!words.skip('deferrable') && !words.skip('not', 'deferrable')) break;
    words.skip(',');
  }
  return modes;
}
