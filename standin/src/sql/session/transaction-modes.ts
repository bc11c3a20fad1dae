import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { clauseEnd } from '../time-travel/as-of-clause.ts';
import { bracketDepths } from '../text/brackets.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { substatement, type Statement } from '../text/statement.ts';

/** What BEGIN and SET TRANSACTION say of a transaction; what they do not mention is undefined. */
interface WrittenModes {
  readOnly?: boolean;
  priority?: string;
  isolation?: 'serializable';
  /** The expression of AS OF SYSTEM TIME. */
  asOf?: Statement;
  deferrable?: boolean;
}

/**
 * Reads transaction modes up to the first token that is not one (cockroachlabs.com/docs/stable/begin-transaction,
 * set-transaction). Every isolation level is accepted, and means serializable. Throws StatementError (syntaxError) for
 * a mode that is given twice, and for writing in the past.
 */
export function readModes(reader: StatementReader): WrittenModes {
  const modes: WrittenModes = {};
  for (let next = readMode(reader); next; next = readMode(reader)) {
    for (const key of Object.keys(next) as (keyof WrittenModes)[])
      if (modes[key] !== undefined) throw modesError(reader, `${NAMES[key]} specified multiple times`);
    Object.assign(modes, next);
    if (modes.asOf && modes.readOnly === false)
      throw modesError(reader, 'AS OF SYSTEM TIME specified with READ WRITE mode');
    reader.skip(',');
  }
  return modes;
}

const NAMES: Record<keyof WrittenModes, string> = {
  readOnly: 'read mode',
  priority: 'user priority',
  isolation: 'isolation level',
  asOf: 'AS OF SYSTEM TIME',
  deferrable: 'deferrable mode',
};

function readMode(reader: StatementReader): WrittenModes | undefined {
  if (reader.skip('isolation', 'level')) return { isolation: readIsolation(reader) };
  if (reader.skip('read', 'only')) return { readOnly: true };
  if (reader.skip('read', 'write')) return { readOnly: false };
  if (reader.skip('deferrable')) return { deferrable: true };
  if (reader.skip('not', 'deferrable')) return { deferrable: false };
  if (reader.skip('priority')) {
    const priority = reader.oneOf('low', 'normal', 'high');
    if (!priority) throw reader.syntaxError();
    return { priority };
  }
  if (!reader.skip('as', 'of')) return undefined;
  reader.expect('system', 'time');
  const { statement, at } = reader;
  reader.at = clauseEnd(statement.tokens, bracketDepths(statement.tokens), at - 4);
  if (reader.at === at) throw reader.syntaxError();
  return { asOf: substatement(statement, at, reader.at) };
}

function readIsolation(reader: StatementReader): 'serializable' {
  const isLevel =
    reader.skip('read', 'committed') ||
    reader.skip('read', 'uncommitted') ||
    reader.skip('repeatable', 'read') ||
    reader.oneOf('snapshot', 'serializable') !== undefined;
  if (!isLevel) throw reader.syntaxError();
  return 'serializable';
}

function modesError(reader: StatementReader, message: string): StatementError {
  const near = reader.peek(-1)?.value ?? 'EOF';
  return new StatementError(SQLSTATE.syntaxError, `at or near "${near}": syntax error: ${message}`);
}
