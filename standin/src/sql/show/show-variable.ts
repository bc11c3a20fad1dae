import { columnsOf } from '../../protocol/columns.ts';
import { VARIABLES } from '../session/variable-list.ts';
import { findVariable, unknownVariable } from '../session/variables.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { localRow, type Translation } from '../translation/translation.ts';

/** `SHOW variable` and `SHOW ALL` (cockroachlabs.com/docs/stable/show-vars). Throws StatementError. */
export async function showVariable(reader: StatementReader, context: Context): Promise<Translation> {
  reader.skip('session');
  const name = variableName(reader);
  reader.expectEnd();
  if (name === 'all') return await showAll(context);
  if (!findVariable(name)) throw unknownVariable(name);
  return localRow('SHOW', columnsOf({ [name]: 'text' }), async () => [await valueOf(name, context)]);
}

/** Reads the name of a variable; some variables have a second name of several words. */
function variableName(reader: StatementReader): string {
  if (reader.skip('transaction', 'isolation', 'level')) return 'transaction_isolation';
  if (reader.skip('transaction', 'priority')) return 'transaction_priority';
  if (reader.skip('time', 'zone')) return 'timezone';
  // Reserved words, and yet one can show them.
  if (isWord(reader.token, 'all', 'session_user')) return reader.name();
  return reader.path().join('.').toLowerCase();
}

async function showAll(context: Context): Promise<Translation> {
  const rows = (await allVariables(context)).map((pair) => `(${pair.map(quoteText).join(', ')})`);
  return {
    kind: 'forward',
    sql: `
      SELECT variable, value
      FROM (VALUES ${rows.join(', ')}) AS v (variable, value)`,
    tag: 'SHOW ALL {rows}',
    columns: columnsOf({ variable: 'text', value: 'text' }),
  };
}

/** Returns the names and values of all session variables. */
export async function allVariables(context: Context): Promise<[name: string, value: string][]> {
  return await Promise.all(
    Object.keys(VARIABLES).map(async (name): Promise<[string, string]> => [name, await valueOf(name, context)]),
  );
}

/** Returns a variable's value as SHOW prints it. */
async function valueOf(name: string, { database, user, session, query }: Context): Promise<string> {
  if (name === 'transaction_read_only') return (await query('SHOW transaction_read_only'))[0]![0]!;
  const stored = (variable: string): string => session.variables.get(variable) ?? VARIABLES[variable]!.value;
  const { state, priority } = session.transaction;
  const ofSession: Record<string, string> = {
    database,
    session_user: user,
    session_id: session.id,
    transaction_priority: state === 'none' ? stored('default_transaction_priority') : priority,
  };
  return ofSession[name] ?? stored(name);
}
