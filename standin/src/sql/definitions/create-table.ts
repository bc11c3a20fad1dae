import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import { syntaxError } from '../text/syntax-error.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { requireOwnDatabase } from '../translation/lookups.ts';
import { cannotCreate, localName } from '../translation/relation.ts';
import { local, type Translation } from '../translation/translation.ts';
import { executeAtOnce } from './at-once.ts';
import { createTableAs, queryAfter } from './create-table-as.ts';
import { withFullName } from './existing-name.ts';
import { takeName } from './free-name.ts';
import { kindOfElement, readElements } from './table-elements.ts';
import { withOwnSyntax } from './own-syntax.ts';
import { readOnCommit, requireTemporaryTables } from './temporary-tables.ts';
import { readStorageParameters } from './storage-parameters.ts';
import { isVirtual } from './schema-names.ts';
import { stringLimit } from './table-definition.ts';
import { tableStatements } from './table-statements.ts';

/** A table that is about to be created. */
interface NewTable {
  path: string[];
  elements: Statement[];
  isTemporary: boolean;
  ifNotExists: boolean;
}

/**
 * CREATE TABLE and CREATE TABLE AS (cockroachlabs.com/docs/stable/create-table, create-table-as); undefined for other
 * objects. Throws StatementError.
 */
export function translateCreateTable(
  statement: Statement,
  context: Context,
): Promise<Translation> | Translation | undefined {
  const reader = new StatementReader(statement);
  reader.expect('create');
  const isTemporary = reader.skip('temp', 'table') || reader.skip('temporary', 'table');
  if (isTemporary) requireTemporaryTables(context);
  reader.skip('unlogged');
  if (!isTemporary && !reader.skip('table')) return undefined;
  const ifNotExists = reader.skip('if', 'not', 'exists');
  const path = reader.path();
  const asQuery = async (as: number, elements: readonly Statement[]): Promise<Translation> => {
    takeName('table', path, context);
    const table = { path, isTemporary, ifNotExists, elements, query: queryAfter(statement, as) };
    return withFullName(await createTableAs(table, context), statement, context);
  };
  if (isWord(reader.token, 'as')) return asQuery(reader.at, []);
  if (!isSign(reader.token, '(')) throw reader.syntaxError();
  const { elements, after } = readElements(statement, reader.at);
  const next = statement.tokens[after];
  if (isWord(next, 'as')) return asQuery(after, elements);
  reader.at = after;
  const notices = readStorageParameters(reader);
  readOnCommit(reader, isTemporary);
  if (!reader.atEnd) throw notSupported(`CREATE TABLE … ${reader.token.value.toUpperCase()}`);
  if (elements.some(({ tokens }) => tokens.length === 1)) throw syntaxError(statement, statement.tokens[after - 1]!);
  const table = { path, elements, isTemporary, ifNotExists };
  return local('CREATE TABLE', () => withOwnSyntax(statement, () => createTable(table, context)), notices);
}

async function createTable(table: NewTable, context: Context): Promise<void> {
  const [schemaName] = table.path.slice(-2, -1);
  if (schemaName !== undefined && isVirtual(schemaName))
    throw new StatementError(SQLSTATE.insufficientPrivilege, `schema cannot be modified: "${schemaName}"`);
  if (table.path.length > 2 && table.path[0] !== context.database) throw cannotCreate(table.path);
  const name = localName(context, table.path);
  const lastName = table.path.at(-1)!;
  await requireOwnDatabase(context);
  const schema = await schemaOf(name, context);
  if (schema === undefined) takeName('table', table.path, context);
  if (schema !== undefined && table.ifNotExists) return;
  if (schema !== undefined)
    throw new StatementError(
      SQLSTATE.duplicateTable,
      `relation "${context.database}.${schema}.${lastName}" already exists`,
    );
  requirePrimaryKey(table, context);
  await checkColumnNames(table, context);
  for (const limit of table.elements.filter(isColumn).flatMap(stringLimit))
    await context.query(`SELECT crdb.need_string(${limit})`);
  await executeAtOnce(context, tableStatements({ ...table, name }, context));
  if (table.ifNotExists) context.session.noteCreated(lastName);
}

const isColumn = (element: Statement): boolean => kindOfElement(element) === 'column';

/** Returns the schema of an existing relation; undefined when no client has created one with that name. */
async function schemaOf(name: string, context: Context): Promise<string | undefined> {
  const [found] = await context.query(
    `SELECT n.nspname, c.relkind, c.oid
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid = crdb_standin.to_regclass(${quoteText(name)})
      AND crdb_standin.is_client_schema(n.nspname)`,
  );
  if (found?.[1] !== 'i') return found?.[0] ?? undefined;
  // In CockroachDB indexes have their names to themselves.
  await context.execute(`SELECT crdb.set_index_aside(${found[2]})`);
  return undefined;
}

/** Throws StatementError for a table without a primary key where the session requires one. */
function requirePrimaryKey({ path, elements }: NewTable, { session }: Context): void {
  if (session.variables.get('require_explicit_primary_keys') !== 'on') return;
  const hasKey = elements.some(({ tokens }) =>
    tokens.some((token, i) => isWord(token, 'primary') && isWord(tokens[i + 1], 'key')),
  );
  if (!hasKey)
    throw new StatementError(
      SQLSTATE.uncategorized,
      `no primary key specified for table ${path.at(-1)} (require_explicit_primary_keys = true)`,
    );
}

/** Throws StatementError (duplicateColumn). CockroachDB's message contains the id that the table would have had. */
async function checkColumnNames({ path, elements }: NewTable, context: Context): Promise<void> {
  const names = elements.filter(isColumn).map(({ tokens }) => tokens[0]!.value);
  const duplicate = names.find((name, i) => names.indexOf(name) !== i);
  if (duplicate === undefined) return;
  const [[id] = []] = await context.query('SELECT max(oid) FROM pg_catalog.pg_class');
  throw new StatementError(
    SQLSTATE.duplicateColumn,
    `relation "${path.at(-1)}" (${id ?? '0'}): duplicate column name: "${duplicate}"`,
  );
}
