import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { bracketDepths } from '../text/brackets.ts';
import { quoteNames } from '../text/quoting.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { localName } from '../translation/relation.ts';
import { local, type Translation } from '../translation/translation.ts';
import { executeAtOnce } from './at-once.ts';
import { dropRowid } from './definition-notes.ts';
import { readConstraint } from './table-constraint.ts';
import { kindOfElement } from './table-elements.ts';

/** A table to make from a query. */
interface TableAs {
  path: string[];
  isTemporary: boolean;
  ifNotExists: boolean;
  /** Its columns, with constraints but without types, and its keys. */
  elements: readonly Statement[];
  query: Statement;
}

/**
 * CREATE TABLE … AS (cockroachlabs.com/docs/stable/create-table-as). Throws StatementError.
 *
 *     CREATE TABLE t (a PRIMARY KEY, b) AS SELECT x, y FROM [SHOW TABLES]
 *     CREATE TABLE "t" ("a", "b") AS SELECT …; ALTER TABLE "t" ADD PRIMARY KEY ("a")
 */
export async function createTableAs(table: TableAs, context: Context): Promise<Translation> {
  const { elements, path, query } = table;
  refuseUnknownTypes(query);
  const columns = elements.filter((element) => kindOfElement(element) === 'column');
  const names = columns.map(({ tokens }) => tokens[0]!.value);
  const key = keyOf(elements, columns);
  const translation = await context.session.translate(query);
  if (translation.kind === 'local') return translation;
  const name = localName(context, path);
  const sql =
    `CREATE ${table.isTemporary ? 'TEMP ' : ''}TABLE ${table.ifNotExists ? 'IF NOT EXISTS ' : ''}${name} ` +
    `${names.length > 0 ? `(${quoteNames(names)}) ` : ''}AS ${translation.sql}`;
  if (key.length === 0) return { ...translation, sql, tag: 'CREATE TABLE AS', original: undefined };
  return local('CREATE TABLE AS', () =>
    executeAtOnce(context, [sql, dropRowid(name, false), `ALTER TABLE ${name} ADD PRIMARY KEY (${quoteNames(key)})`]),
  );
}

/** The columns of the primary key, given with a column or by itself. */
function keyOf(elements: readonly Statement[], columns: readonly Statement[]): string[] {
  const column = columns.find(({ tokens }) => isWord(tokens[1], 'primary'));
  if (column) return [column.tokens[0]!.value];
  const key = elements.find((element) => !columns.includes(element) && readConstraint(element).kind === 'primary');
  if (!key) return [];
  const open = key.tokens.findIndex((token) => isSign(token, '('));
  return key.tokens
    .slice(open + 1, -1)
    .flatMap((token, i) => (i % 2 === 0 && !isSign(token, ')') ? [token.value] : []));
}

/** Throws StatementError (invalidTableDefinition) for a column that is only NULL, and has no type. */
function refuseUnknownTypes({ tokens }: Statement): void {
  const depths = bracketDepths(tokens);
  for (const [i, token] of tokens.entries()) {
    if (depths[i]! > 0) continue;
    if (isWord(token, 'from')) return;
    const begins = isWord(tokens[i - 1], 'select') || (i > 0 && isSign(tokens[i - 1], ','));
    const next = tokens[i + 1];
    const ends = !next || next.kind === 'end' || isSign(next, ',') || isWord(next, 'as', 'from');
    if (isWord(token, 'null') && begins && ends)
      throw new StatementError(SQLSTATE.invalidTableDefinition, 'value type unknown cannot be used for table columns');
  }
}

/** Returns the query of CREATE TABLE AS, which begins after the token AS at index `as`. */
export function queryAfter(statement: Statement, as: number): Statement {
  return substatement(statement, as + 1, statement.tokens.length - 1);
}
