import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, unimplemented } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import { isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { resolveRelation } from '../translation/relation.ts';
import { namedDatabases } from './database-words.ts';
import { objectNames, SEQUENCE_FUNCTIONS, sequenceNames, type ObjectName } from '../rewriting/object-names.ts';
import { mentions } from '../text/mentions.ts';

/** The database in which PostgreSQL carries out a statement. */
export interface Placement {
  database: string;
  /** The tables of other databases that the statement reads, with their databases. */
  foreign: { name: ObjectName; database: string }[];
}

/** Statements that may name objects of databases, by their first word. */
const NAMING = `select insert update delete upsert with truncate comment create drop alter grant revoke show explain
  copy table values prepare`.split(/\s+/);
/** After CREATE, DROP and ALTER: these name other kinds of objects, as in `CREATE DATABASE a`. */
const NO_OBJECTS = ['database', 'user', 'role'];
/** Schemas that every database has. */
const SCHEMA = /^(public|pg_\w+|information_schema|crdb\w*)$/;
const HINT =
  'Note that cross-database references will be removed in future releases. See: ' +
  'https://www.cockroachlabs.com/docs/releases/v21.1.0.html#deprecations';

/**
 * Returns where a statement is carried out, if not simply in the session's own database
 * (cockroachlabs.com/docs/stable/sql-name-resolution): where it writes, or else where all that it reads is. Throws
 * StatementError for a definition that would refer to another database; `lookIn` returns the context of one.
 */
export async function findPlacement(
  statement: Statement,
  context: Context,
  lookIn: (database: string) => Promise<Context>,
): Promise<Placement | undefined> {
  const { tokens } = statement;
  if (!isWord(tokens[0], ...NAMING) && tokens[0]?.value !== '(') return undefined;
  if (isWord(tokens[0], 'create', 'drop', 'alter') && isWord(tokens[1], ...NO_OBJECTS)) return undefined;
  const own = context.database;
  const shown = namedDatabases(tokens);
  const isOther = (name: string): boolean => name !== own && !SCHEMA.test(name);
  // Most statements end here, before any name is looked up.
  if (!mayNameOther(tokens, isOther) && !shown.some(({ name }) => isOther(name))) return undefined;
  const isShown = (at: number): boolean => shown.some((each) => each.at === at);
  const names = [...objectNames(tokens), ...sequenceNames(tokens)].filter(
    ({ at, path }) => path.length <= (isWord(tokens[0], 'comment') ? 4 : 3) && !isShown(at),
  );
  const firsts = names.filter(({ path }) => path.length > 1).map(({ path }) => path[0]!);
  const databases = await existing([...firsts, ...shown.map(({ name }) => name)].filter(isOther), context);
  const databaseOf = ({ path, after }: ObjectName): string => {
    const parts = after === 'column' ? path.slice(0, -1) : path;
    const [first] = parts;
    if (parts.length < 2 || databases.get(first!) === undefined) return own;
    return parts.length > 2 || databases.get(first!) === 'database' ? first! : own;
  };
  const placed = [
    ...names.map((name) => ({ name, database: databaseOf(name) })),
    ...shown.map(({ at, name }) => ({
      name: { at, path: [name], isRead: true, after: 'database' },
      database: databases.get(name) === 'database' ? name : own,
    })),
  ];
  if (placed.every(({ database }) => database === own)) return undefined;
  const database = homeOf(placed, own);
  const foreign = placed.filter((each) => each.database !== database);
  await checkForeign(statement, foreign, lookIn);
  return { database, foreign };
}

/** Whether one of the names with dots may begin with another database. */
function mayNameOther(tokens: Token[], isOther: (name: string) => boolean): boolean {
  if (mentions(tokens, ...SEQUENCE_FUNCTIONS)) return true;
  if (!mentions(tokens, '.')) return false;
  return tokens.some(
    (token, i) =>
      (token.kind === 'word' || token.kind === 'quoted') &&
      tokens[i + 1]?.value === '.' &&
      tokens[i - 1]?.value !== '.' &&
      isOther(token.value),
  );
}

/** Returns which of the names are databases; `hidden` for one that is also a schema of the session's database. */
async function existing(names: string[], context: Context): Promise<Map<string, 'database' | 'hidden'>> {
  if (!names.length) return new Map();
  const rows = await context.query(`
    SELECT datname, datname IN (SELECT nspname FROM pg_catalog.pg_namespace)
    FROM pg_catalog.pg_database
    WHERE datname IN (${[...new Set(names)].map(quoteText).join(', ')})
      AND datname <> 'template1'`);
  return new Map(rows.map(([name, isSchema]) => [name!, isSchema === 't' ? 'hidden' : 'database']));
}

/** Returns the database that the statement writes to or defines objects in; for one that only reads, where it can. */
function homeOf(placed: { name: ObjectName; database: string }[], own: string): string {
  const written = placed.filter(({ name }) => !name.isRead && name.after !== 'references');
  const homes = new Set((written.length ? written : placed).map(({ database }) => database));
  const [home = own] = homes;
  if (homes.size === 1) return home;
  if (written.length) throw cannot('change objects of two databases in one statement');
  return own;
}

/** Throws StatementError when the statement would make objects of two databases depend on each other. */
async function checkForeign(
  { tokens }: Statement,
  foreign: Placement['foreign'],
  lookIn: (database: string) => Promise<Context>,
): Promise<void> {
  if (!foreign.length) return;
  if (isWord(tokens[0], 'create', 'alter'))
    for (const { name, database } of foreign) await resolveRelation(await lookIn(database), name.path);
  if (foreign.some(({ name }) => name.after === 'database'))
    throw cannot('show what is in one database together with what is in another');
  if (foreign.some(({ name }) => name.after === 'references'))
    throw new StatementError(
      SQLSTATE.invalidForeignKey,
      "foreign references between databases are not allowed (see the 'sql.cross_db_fks.enabled' cluster setting)",
      { hint: HINT },
    );
  if (!isWord(tokens[0], 'create')) return;
  if (tokens.slice(1, 5).some((token) => isWord(token, 'view')))
    throw new StatementError(
      SQLSTATE.featureNotSupported,
      "the view cannot refer to other databases; (see the 'sql.cross_db_views.enabled' cluster setting)",
      { hint: HINT },
    );
  if (foreign.some(({ name }) => !name.isRead)) throw cannot('use objects of two databases in this definition');
}

function cannot(what: string): StatementError {
  return unimplemented(`the stand-in for CockroachDB cannot ${what}`);
}
