import { SqlError } from '../protocol/problem.ts';
import type { ActPlan, Context, Plan } from './plan.ts';
import { quoteName, quoteText, type Statement } from './statement.ts';
import { Words } from './words.ts';

/** CREATE, DROP and ALTER DATABASE (cockroachlabs.com/docs/stable/create-database, drop-database, alter-database). */
export function planDatabase(statement: Statement, context: Context): Plan | undefined {
  const words = new Words(statement);
  if (words.skip('create', 'database')) return create(words, context);
  if (words.skip('drop', 'database')) return drop(words, context);
  if (words.skip('alter', 'database')) return alter(words, context);
  return undefined;
}

function outside(context: Context, what: string): void {
  if (context.session.transaction.state === 'open') {
    throw new SqlError(
      '0A000',
      `unimplemented: the stand-in for CockroachDB does not have ${what} inside a transaction`,
    );
  }
}

function create(words: Words, context: Context): ActPlan {
  const lenient = words.skip('if', 'not', 'exists');
  const name = words.name();
  if (words.skip('with') || !words.ended) words.one('encoding', 'owner');
  words.end();
  return act('CREATE DATABASE', async () => {
    outside(context, 'CREATE DATABASE');
    const [found] = await context.ask(`SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${quoteText(name)}`);
    if (found && lenient) return;
    if (found) throw new SqlError('42P04', `database "${name}" already exists`);
    await context.tell(`CREATE DATABASE ${quoteName(name)} STRATEGY = wal_log`);
  });
}

function drop(words: Words, context: Context): ActPlan {
  const lenient = words.skip('if', 'exists');
  const name = words.name();
  const behaviour = words.one('cascade', 'restrict');
  words.end();
  return act('DROP DATABASE', async () => {
    outside(context, 'DROP DATABASE');
    if (
      behaviour !== 'cascade' &&
      context.session.variables.get('sql_safe_updates') === 'on' &&
      name === context.database
    ) {
      throw new SqlError('01000', 'rejected (sql_safe_updates = true): DROP DATABASE on current database');
    }
    const [found] = await context.ask(
      `SELECT pg_catalog.pg_has_role(datdba, 'USAGE') FROM pg_catalog.pg_database WHERE datname = ${quoteText(name)}`,
    );
    if (!found && lenient) return;
    if (!found) throw new SqlError('3D000', `database "${name}" does not exist`);
    if (found[0] !== 't')
      throw new SqlError('42501', `user ${context.user} does not have DROP privilege on database ${name}`);
    await context.session.leaveDatabase(name);
    await context.tell(`DROP DATABASE ${quoteName(name)} WITH (FORCE)`);
  });
}

function alter(words: Words, context: Context): ActPlan | undefined {
  const name = words.name();
  if (words.skip('rename', 'to')) {
    const to = words.name();
    words.end();
    return act('RENAME DATABASE', async () => {
      outside(context, 'ALTER DATABASE … RENAME');
      const [found] = await context.ask(
        `SELECT pg_catalog.pg_has_role(datdba, 'USAGE') FROM pg_catalog.pg_database WHERE datname = ${quoteText(name)}`,
      );
      if (!found) throw new SqlError('3D000', `database "${name}" does not exist`);
      if (found[0] !== 't') throw new SqlError('42501', `must be owner of database ${name}`);
      await context.session.leaveDatabase(name);
      await context.tell(`ALTER DATABASE ${quoteName(name)} RENAME TO ${quoteName(to)}`);
      if (context.database === name) await context.use(to);
    });
  }
  if (words.skip('owner', 'to')) {
    const owner = words.name();
    words.end();
    return act('ALTER DATABASE OWNER', () =>
      context.tell(`ALTER DATABASE ${quoteName(name)} OWNER TO ${quoteName(owner)}`),
    );
  }
  return undefined;
}

const act = (tag: string, run: () => Promise<void>): ActPlan => ({
  kind: 'act',
  act: async () => {
    await run();
    return { tag };
  },
});
