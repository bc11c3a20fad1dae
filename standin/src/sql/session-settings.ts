import { SqlError, notHere, type Problem } from '../protocol/problem.ts';
import { planClusterSetting } from './cluster-settings.ts';
import { columnsOf } from './columns.ts';
import type { ActPlan, Context, Plan } from './plan.ts';
import type { Show } from './show.ts';
import { quoteText, type Statement } from './statement.ts';
import { readModes } from './transactions.ts';
import { checkValue, tellVariable, unknownVariable, VARIABLES } from './variables.ts';
import { Words } from './words.ts';

const done = (tag: string, run: () => Promise<void> | void, notices?: Problem[]): ActPlan => ({
  kind: 'act',
  act: async () => {
    await run();
    return { tag, notices };
  },
});

/** SET, RESET, USE and DISCARD (cockroachlabs.com/docs/stable/set-vars, set-transaction, reset-vars). */
export function planSetting(statement: Statement, context: Context): Plan {
  const cluster = planClusterSetting(statement, context);
  if (cluster) return cluster;
  const words = new Words(statement);
  if (words.skip('use')) return use(readValue(words), words, context);
  if (words.skip('discard', 'all')) return discard(words, context);
  if (words.skip('discard')) throw notHere('DISCARD of anything but ALL');
  if (words.skip('reset')) {
    words.skip('session');
    const name = words.name();
    words.end();
    return assign(name, undefined, context);
  }
  words.need('set');
  if (words.skip('transaction')) return setTransaction(words, context);
  if (words.skip('session', 'characteristics', 'as', 'transaction')) return done('SET', () => void readModes(words));
  if (words.skip('local')) throw notHere('SET LOCAL');
  if (words.skip('session', 'authorization') || words.skip('constraints'))
    throw notHere(`SET ${statement.tokens[1]!.value.toUpperCase()}`);
  words.skip('session');
  return assignment(words, context);
}

function assignment(words: Words, context: Context): Plan {
  if (words.skip('time', 'zone')) return assign('timezone', readValue(words), context);
  if (words.skip('names')) return assign('client_encoding', readValue(words), context);
  if (words.skip('role')) throw words.wrong();
  const name = words.path().join('.').toLowerCase();
  if (!words.skip('=')) words.need('to');
  if (words.skip('default')) return assign(name, undefined, context);
  return name === 'database' ? use(readValue(words), words, context) : assign(name, readValue(words), context);
}

/** One value, or several after another with commas between; strings lose their quotes. */
function readValue(words: Words): string {
  const values: string[] = [];
  do {
    const { token } = words;
    if (token.kind === 'placeholder') throw notHere('SET with a placeholder');
    if (token.kind === 'end') throw words.wrong();
    const sign = token.value === '-' ? '-' : '';
    if (sign) words.at++;
    values.push(
      sign + (words.token.kind === 'string' ? words.token.value.slice(1, -1).replaceAll("''", "'") : words.token.value),
    );
    words.at++;
  } while (words.skip(','));
  words.end();
  return values.join(',');
}

function assign(name: string, value: string | undefined, context: Context): Plan {
  const variable = VARIABLES[name];
  return done(
    'SET',
    async () => {
      if (!variable) throw unknownVariable(name);
      const checked = value === undefined ? variable.value : checkValue(name, value);
      const telling = tellVariable(name, checked, quoteText);
      if (telling) await context.tell(telling);
      if (value === undefined) context.session.variables.delete(name);
      else context.session.variables.set(name, checked);
    },
    variable?.notice && value !== undefined
      ? [{ severity: 'WARNING', code: '00000', message: variable.notice }]
      : undefined,
  );
}

function use(database: string, words: Words, context: Context): Plan {
  words.end();
  return done('SET', async () => {
    const [found] = await context.ask(`SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${quoteText(database)}`);
    if (!found) throw new SqlError('3D000', `database "${database}" does not exist`);
    if (database !== context.database) await context.use(database);
  });
}

function discard(words: Words, context: Context): Plan {
  words.end();
  return done('DISCARD', async () => {
    if (context.session.transaction.state !== 'none')
      throw new SqlError('25001', 'DISCARD ALL cannot run inside a transaction block');
    await context.tell('DISCARD ALL');
    context.session.discard();
  });
}

function setTransaction(words: Words, context: Context): Plan {
  const modes = readModes(words);
  if (words.skip('as', 'of')) throw notHere('SET TRANSACTION AS OF SYSTEM TIME');
  words.end();
  return done('SET TRANSACTION', async () => {
    if (context.session.transaction.state !== 'open')
      throw new SqlError('XXUUU', 'there is no transaction in progress');
    context.session.transaction.setPriority(modes.priority);
    if (modes.readOnly) await context.tell('SET TRANSACTION READ ONLY');
  });
}

/** `SHOW variable` (cockroachlabs.com/docs/stable/show-vars). */
export const showVariable: Show = (words, context) => {
  words.skip('session');
  const [longName] = [
    words.skip('transaction', 'isolation', 'level') && 'transaction_isolation',
    words.skip('transaction', 'priority') && 'transaction_priority',
    words.skip('time', 'zone') && 'timezone',
  ].filter(Boolean);
  const name = longName || words.name().toLowerCase();
  words.end();
  if (name === 'all') return showAll(context);
  if (!VARIABLES[name]) throw unknownVariable(name);
  const columns = columnsOf(`${name}:25`);
  return { kind: 'act', columns, act: () => ({ tag: 'SHOW 1', columns, rows: [[valueOf(name, context)]] }) };
};

function showAll(context: Context): Plan {
  const rows = Object.keys(VARIABLES).map((name) => `(${quoteText(name)}, ${quoteText(valueOf(name, context))})`);
  return {
    kind: 'run',
    sql: `SELECT variable, value FROM (VALUES ${rows.join(', ')}) AS v (variable, value)`,
    tag: 'SHOW ALL {rows}',
    columns: columnsOf('variable:25,value:25'),
  };
}

/** A variable's value as SHOW tells it. */
function valueOf(name: string, { database, user, session }: Context): string {
  const given: Record<string, string> = {
    database,
    session_user: user,
    session_id: session.id,
    transaction_priority: session.transaction.priority,
  };
  return given[name] ?? session.variables.get(name) ?? VARIABLES[name]!.value;
}
