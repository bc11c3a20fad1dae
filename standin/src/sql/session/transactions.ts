import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { columnsOf } from '../../protocol/columns.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { Context, TransactionControl } from '../translation/context.ts';
import { localRow, type Local } from '../translation/translation.ts';

/**
 * Statements that begin and end the transaction (cockroachlabs.com/docs/stable/begin-transaction, commit-transaction,
 * rollback-transaction, release-savepoint); undefined for any other. Throws StatementError.
 */
export function translateTransaction(statement: Statement, { session }: Context): Local | undefined {
  const { transaction } = session;
  const reader = new StatementReader(statement);
  if (reader.skip('begin') || reader.skip('start', 'transaction')) {
    reader.oneOf('transaction', 'work');
    const modes = readModes(reader);
    return control(reader, async () => {
      await transaction.begin(modes);
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

/** What BEGIN and SET TRANSACTION may say of a transaction. */
interface TransactionModes {
  readOnly: boolean;
  priority: string;
}

/**
 * Reads transaction modes up to the first token that is not one. Every isolation level is accepted, and means
 * serializable.
 */
export function readModes(reader: StatementReader): TransactionModes {
  const modes = { readOnly: false, priority: 'normal' };
  while (!reader.atEnd) {
    if (reader.skip('isolation', 'level')) readIsolation(reader);
    else if (reader.skip('read', 'only')) modes.readOnly = true;
    else if (reader.skip('read', 'write')) modes.readOnly = false;
    else if (reader.skip('priority')) {
      const priority = reader.oneOf('low', 'normal', 'high');
      if (!priority) throw reader.syntaxError();
      modes.priority = priority;
    } else if (!reader.skip('deferrable') && !reader.skip('not', 'deferrable')) break;
    reader.skip(',');
  }
  return modes;
}

function readIsolation(reader: StatementReader): void {
  const isLevel =
    reader.skip('read', 'committed') ||
    reader.skip('read', 'uncommitted') ||
    reader.skip('repeatable', 'read') ||
    reader.oneOf('snapshot', 'serializable') !== undefined;
  if (!isLevel) throw reader.syntaxError();
}
