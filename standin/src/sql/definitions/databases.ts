import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { databaseExists, isAdmin, noSuchDatabase } from '../translation/lookups.ts';
import { local, type Local } from '../translation/translation.ts';
import { readDatabaseOptions } from './database-options.ts';

/**
 * CREATE, DROP and ALTER DATABASE (cockroachlabs.com/docs/stable/create-database, drop-database, alter-database);
 * undefined for any other statement. Throws StatementError.
 */
export function translateDatabase(statement: Statement, context: Context): Local | undefined {
  const reader = new StatementReader(statement);
  if (reader.skip('create', 'database')) return createDatabase(reader, context);
  if (reader.skip('drop', 'database')) return dropDatabase(reader, context);
  if (!reader.skip('alter', 'database')) return undefined;
  const name = reader.name();
  if (reader.skip('rename', 'to')) return renameDatabase(name, reader, context);
  if (reader.skip('owner', 'to')) return giveDatabase(name, reader, context);
  throw notSupported(`ALTER DATABASE … ${reader.token.value.toUpperCase()}`);
}

/** The user who may create databases in their own right. */
const ROOT = 'root';
/** CockroachDB's own database, which nobody may drop or rename. */
const SYSTEM = 'system';

/** Reads the name of a database. Throws StatementError (syntaxError), also for an empty one. */
function databaseName(reader: StatementReader): string {
  const name = reader.name();
  if (name === '') throw new StatementError(SQLSTATE.syntaxError, 'empty database name');
  return name;
}

function createDatabase(reader: StatementReader, context: Context): Local {
  const ifNotExists = reader.skip('if', 'not', 'exists');
  const name = databaseName(reader);
  readDatabaseOptions(reader);
  return local('CREATE DATABASE', async () => {
    requireNoTransaction(context, 'CREATE DATABASE');
    const exists = await databaseExists(context, name);
    if (exists && ifNotExists) return;
    if (exists) throw new StatementError(SQLSTATE.duplicateDatabase, `database "${name}" already exists`);
    context.session.requireRoomForDatabase();
    // The other strategy would open the template for writing, which copies it to a sandbox's memory.
    const create = `CREATE DATABASE ${quoteName(name)} STRATEGY = file_copy`;
    if (context.user !== ROOT && (await isAdmin(context))) await createAsAdmin(create, name, context);
    else await context.execute(create);
    await context.execute(`GRANT CREATE ON DATABASE ${quoteName(name)} TO admin`);
  });
}

/** Creates a database for a member of admin: in PostgreSQL, members do not inherit the right to. */
async function createAsAdmin(create: string, name: string, context: Context): Promise<void> {
  await context.execute('SET ROLE admin');
  try {
    await context.execute(create);
  } finally {
    await context.execute('RESET ROLE');
  }
  await context.query(`SELECT crdb.own_database(${quoteText(name)})`);
}

function dropDatabase(reader: StatementReader, context: Context): Local {
  const ifExists = reader.skip('if', 'exists');
  const name = databaseName(reader);
  const behavior = reader.oneOf('cascade', 'restrict');
  reader.expectEnd();
  return local('DROP DATABASE', async () => {
    requireNoTransaction(context, 'DROP DATABASE');
    const isSafe = context.session.variables.get('sql_safe_updates') === 'on';
    if (isSafe && name === context.database) throw rejected('DROP DATABASE on current database');
    const isOwned = await ownsDatabase(name, context);
    if (isOwned === undefined && ifExists) return;
    if (isOwned === undefined) throw noSuchDatabase(name);
    if (!isOwned || name === SYSTEM)
      throw new StatementError(
        SQLSTATE.insufficientPrivilege,
        `user ${context.user} does not have DROP privilege on database ${name}`,
      );
    if (behavior === 'restrict')
      await requireEmpty(name, context, [
        SQLSTATE.dependentObjectsStillExist,
        `database "${name}" is not empty and RESTRICT was specified`,
      ]);
    if (isSafe && behavior === undefined)
      await requireEmpty(name, context, [
        SQLSTATE.warning,
        'rejected (sql_safe_updates = true): DROP DATABASE on non-empty database without explicit CASCADE',
      ]);
    await context.session.leaveDatabase(name);
    await context.execute(`DROP DATABASE ${quoteName(name)} WITH (FORCE)`);
  });
}

/** Throws StatementError with this code and message when a database has tables, views or sequences of a client. */
async function requireEmpty(database: string, context: Context, error: [code: string, message: string]): Promise<void> {
  await context.executeIn(
    database,
    `SELECT crdb_standin.refuse(${error.map(quoteText).join(', ')})
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'S')
      AND crdb_standin.is_client_schema(n.nspname)
    LIMIT 1`,
  );
}

/** Returns the error about a statement that `sql_safe_updates` does not let through. */
function rejected(what: string): StatementError {
  return new StatementError(SQLSTATE.warning, `rejected (sql_safe_updates = true): ${what}`);
}

function renameDatabase(name: string, reader: StatementReader, context: Context): Local {
  const to = databaseName(reader);
  reader.expectEnd();
  return local('RENAME DATABASE', async () => {
    requireNoTransaction(context, 'ALTER DATABASE … RENAME');
    if (context.session.variables.get('sql_safe_updates') === 'on' && name === context.database)
      throw rejected('RENAME DATABASE on current database');
    const isOwned = await ownsDatabase(name, context);
    if (isOwned === undefined) throw noSuchDatabase(name);
    if (!isOwned || name === SYSTEM)
      throw new StatementError(SQLSTATE.insufficientPrivilege, `must be owner of database ${name}`);
    if (name === to) return;
    if (await databaseExists(context, to))
      throw new StatementError(SQLSTATE.duplicateDatabase, `the new database name "${to}" already exists`);
    await context.session.leaveDatabase(name);
    await context.execute(`ALTER DATABASE ${quoteName(name)} RENAME TO ${quoteName(to)}`);
    if (context.database === name) await context.useDatabase(to);
  });
}

function giveDatabase(name: string, reader: StatementReader, context: Context): Local {
  const owner = reader.name();
  reader.expectEnd();
  return local('ALTER DATABASE OWNER', () =>
    context.execute(`ALTER DATABASE ${quoteName(name)} OWNER TO ${quoteName(owner)}`),
  );
}

/** PostgreSQL creates and drops no databases inside a transaction. */
function requireNoTransaction(context: Context, statement: string): void {
  if (context.session.transaction.state === 'open')
    throw unimplemented(`the stand-in for CockroachDB does not have ${statement} inside a transaction`);
}

/** Whether the client's user may act as the database's owner; undefined when the database does not exist. */
async function ownsDatabase(name: string, context: Context): Promise<boolean | undefined> {
  const [found] = await context.query(
    `SELECT crdb_standin.pg_has_role(datdba, 'USAGE')
    FROM pg_catalog.pg_database
    WHERE datname = ${quoteText(name)}`,
  );
  return found && found[0] === 't';
}
