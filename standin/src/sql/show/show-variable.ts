import { columnsOf } from '../../protocol/columns.ts';
import { VARIABLES } from '../session/variable-list.ts';
import { findVariable, unknownVariable } from '../session/variables.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import type { Context } from '../translation/context.ts';
import { localRow, type Translation } from '../translation/translation.ts';

/** `SHOW variable` and `SHOW ALL` (cockroachlabs.com/docs/stable/show-vars). Throws StatementError. */
export function showVariable(reader: StatementReader, context: Context): Translation {
  reader.skip('session');
  const name = variableName(reader);
  reader.expectEnd();
  if (name === 'all') return showAll(context);
  if (!findVariable(name)) throw unknownVariable(name);
  return localRow('SHOW', columnsOf({ [name]: 'text' }), () => [valueOf(name, context)]);
}

/** Reads the name of a variable; some variables have a second name of several words. */
function variableName(reader: StatementReader): string {
  if (reader.skip('transaction', 'isolation', 'level')) return 'transaction_isolation';
  if (reader.skip('transaction', 'priority')) return 'transaction_priority';
  if (reader.skip('time', 'zone')) return 'timezone';
  return reader.name().toLowerCase();
}

function showAll(context: Context): Translation {
  const rows = Object.keys(VARIABLES).map((name) => `(${quoteText(name)}, ${quoteText(valueOf(name, context))})`);
  return {
    kind: 'forward',
    sql: `
      SELECT variable, value
      FROM (VALUES ${rows.join(', ')}) AS v (variable, value)`,
    tag: 'SHOW ALL {rows}',
    columns: columnsOf({ variable: 'text', value: 'text' }),
  };
}

/** Returns a variable's value as SHOW prints it. */
function valueOf(name: string, { database, user, session }: Context): string {
  const ofSession: Record<string, string> = {
    database,
    session_user: user,
    session_id: session.id,
    transaction_priority: session.transaction.priority,
  };
  return ofSession[name] ?? session.variables.get(name) ?? VARIABLES[name]!.value;
}
