import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { columnsOf } from '../../protocol/columns.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import { isWord } from '../text/tokens.ts';
import { evaluateTime } from './evaluate-time.ts';
import type { Context, TransactionControl } from '../translation/context.ts';
import { localRow, type Local } from '../translation/translation.ts';
import { readModes } from './transaction-modes.ts';

const FIRST_WORDS = 'begin start commit end rollback abort release show'.split(' ');

/**
 * Statements that begin and end the transaction (cockroachlabs.com/docs/stable/begin-transaction, commit-transaction,
 * rollback-transaction, release-savepoint); undefined for any other. Throws StatementError.
 */
export function translateTransaction(statement: Statement, context: Context): Local | undefined {
  if (!isWord(statement.tokens[0], ...FIRST_WORDS)) return undefined;
  const { transaction, variables } = context.session;
  const reader = new StatementReader(statement);
  if (reader.skip('begin') || reader.skip('start', 'transaction')) {
    reader.oneOf('transaction', 'work');
    const { readOnly, asOf, priority = variables.get('default_transaction_priority') ?? 'normal' } = readModes(reader);
    return control(reader, async () => {
      transaction.checkNone();
      const readTime = asOf && (await evaluateTime(asOf, context));
      await transaction.begin({ readOnly, priority, readTime });
      return 'BEGIN';
    });
  }
  if (reader.skip('commit') || reader.skip('end')) {
    reader.oneOf('transaction', 'work');
    return { ...control(reader, () => transaction.commit()), afterCommit: true };
  }
  if (reader.skip('rollback') || reader.skip('abort')) return rollback(reader, transaction);
  if (reader.skip('release')) {
    reader.skip('savepoint');
    const name = reader.name();
    return control(reader, async () => await release(name, transaction));
  }
  if (reader.skip('show', 'transaction', 'status') || reader.skip('show', 'transaction_status'))
    return showStatus(reader, transaction);
  return undefined;
}

/** Returns a translation that `run` carries out; `run` returns the command tag. The statement must end here. */
function control(reader: StatementReader, run: () => Promise<string>): Local {
  reader.expectEnd();
  return { kind: 'local', execute: async () => ({ tag: await run() }) };
}

function rollback(reader: StatementReader, transaction: TransactionControl): Local {
  reader.oneOf('transaction', 'work');
  if (!reader.skip('to')) return { ...control(reader, () => transaction.rollback()), afterCommit: true };
  reader.skip('savepoint');
  const name = reader.name();
  return control(reader, async () => {
    await transaction.rollbackTo(name);
    return 'ROLLBACK';
  });
}

async function release(name: string, transaction: TransactionControl): Promise<string> {
  if (transaction.state === 'aborted')
    throw new StatementError(
      SQLSTATE.inFailedSqlTransaction,
      'current transaction is aborted, commands ignored until end of transaction block',
    );
  return await transaction.release(name);
}

const STATUS = { none: 'NoTxn', open: 'Open', aborted: 'Aborted', committed: 'CommitWait' };

function showStatus(reader: StatementReader, transaction: TransactionControl): Local {
  reader.expectEnd();
  const columns = columnsOf({ 'TRANSACTION STATUS': 'text' });
  return {
    ...localRow('SHOW TRANSACTION STATUS', columns, () => [STATUS[transaction.state]]),
    afterCommit: true,
  };
}
