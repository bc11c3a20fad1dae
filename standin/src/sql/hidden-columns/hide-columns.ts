import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { listItems } from '../text/brackets.ts';
import { quoteName, quoteNames } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { keyOf, type TableShape, type TableShapes } from '../translation/table-shape.ts';
import { ColumnBudget } from './column-budget.ts';
import { expandStars } from './expand-stars.ts';
import type { NamedTable } from '../text/named-tables.ts';
import { writtenColumns } from './inserted-columns.ts';
import { scopesOf, tablesOf, type Scope } from './scopes.ts';
import { starsIn } from './stars.ts';
import { namesHidden, usesWholeRow } from './whole-rows.ts';
import { isWithQuery } from '../text/with-queries.ts';

/** The tables of a statement that have hidden columns, where they are named. */
type Hiding = ReadonlyMap<NamedTable, TableShape>;

/** What became of the tables with hidden columns. */
interface Hidden {
  /** The aliases of those that queries have replaced. */
  replaced: ReadonlySet<Token>;
  /** The columns that were written in the place of each star. */
  stars: readonly string[];
}

/**
 * Keeps the hidden columns of tables (cockroachlabs.com/docs/v21.1/create-table) out of what does not name them: `*`
 * means the others, and so does an INSERT without a list. Where a whole row is used, or a join finds the columns that
 * two tables share, a query takes the table's place. Throws
 * StatementError (featureNotSupported) where the statement names a hidden column of such a table, too.
 *
 *     SELECT rowid, * FROM t
 *     SELECT rowid, "t"."a", "t"."b" FROM t
 *
 *     SELECT to_json(t) FROM t
 *     SELECT to_json(t) FROM (SELECT "a", "b" FROM t ORDER BY "rowid") AS "t"
 *
 *     INSERT INTO t VALUES (1, 2)
 *     INSERT INTO t ("a", "b") VALUES (1, 2)
 */
export function hideColumns({ tokens, isExplained = false }: Statement, shapes: TableShapes, edits: TextEdits): Hidden {
  const scopes = scopesOf(tokens);
  const hiding = hidingTables(tokens, shapes);
  const replaced = new Set<Token>();
  const stars: string[] = [];
  if (!hiding.size) return { replaced, stars };
  const budget = new ColumnBudget();
  for (const scope of scopes) {
    const own = scope.list ? starsIn(tokens, scope.list) : [];
    const hasPlainStar = own.some(({ qualifier }) => qualifier === undefined);
    for (const table of tablesOf(scope)) {
      const shape = hiding.get(table);
      if (!shape || scope.verb === 'table') continue;
      const isWhole = usesWholeRow(tokens, rowsUsedIn(scope), table, shape);
      const merges = scope.sources.isNatural || (scope.sources.merges && hasPlainStar);
      if (!isWhole && !merges && !table.isWrapped) continue;
      if (table === scope.target || namesHidden(tokens, scope, table, shape)) throw cannotHide(shape);
      replaced.add(table.alias);
      hiding.delete(table);
      budget.spend(shape.columns.length);
      replaceTable(tokens, table, shape, isExplained, edits);
    }
    if (scope.verb === 'insert') listColumns(tokens, scope, hiding, shapes, edits);
    else if (scope.verb === 'table') selectColumns(tokens, scope, hiding, isExplained, edits);
    stars.push(...expandStars(tokens, scope, own, hiding, budget, edits));
  }
  return { replaced, stars };
}

/** Returns the shapes of the tables that a statement reads or changes. */
export async function shapesOf({ tokens }: Statement, context: Context): Promise<TableShapes> {
  const paths = new Map<string, string[]>();
  for (const table of scopesOf(tokens).flatMap(tablesOf))
    if (!isWithQuery(tokens, table.from)) paths.set(keyOf(table.path), table.path);
  return paths.size ? await context.session.shapes([...paths.values()], context) : new Map();
}

function hidingTables(tokens: readonly Token[], shapes: TableShapes): Map<NamedTable, TableShape> {
  const found = new Map<NamedTable, TableShape>();
  for (const { verb, target, sources } of scopesOf(tokens))
    for (const table of [target, ...sources.items.map((item) => item.table)]) {
      const shape = table && shapes.get(keyOf(table.path));
      if (!shape?.hidden.length) continue;
      const isChanged = table === target && verb !== 'table';
      if (isChanged || !isWithQuery(tokens, table!.from)) found.set(table!, shape);
    }
  return found;
}

/** Where a scope can use rows of its tables: an INSERT uses the target's only in RETURNING. */
function rowsUsedIn({ verb, from, to, list }: Scope): { from: number; to: number } {
  return verb === 'insert' ? (list ?? { from: to, to }) : { from, to };
}

function cannotHide({ hidden }: TableShape): Error {
  return notSupported(
    `the hidden column ${hidden[0]} next to whole rows of its table, or in a join that finds its columns`,
  );
}

/** Replaces a table in FROM by a query for its visible columns, in the order of its key. */
function replaceTable(
  tokens: readonly Token[],
  { from, to, alias, isRenamed }: NamedTable,
  { columns, indexes }: TableShape,
  isExplained: boolean,
  edits: TextEdits,
): void {
  const key = (indexes[0]?.columns ?? []).map(({ name }) => name);
  const order = key.length && !isExplained ? ` ORDER BY ${quoteNames(key)}` : '';
  edits.insert(tokens[from]!.start, `(SELECT ${quoteNames(columns)} FROM `);
  edits.insert(tokens[to - 1]!.end, `${order})${isRenamed ? '' : ` AS ${quoteName(alias.value)}`}`);
}

/** Adds the list of columns that an INSERT lacks. */
function listColumns(
  tokens: readonly Token[],
  scope: Scope,
  hiding: Hiding,
  shapes: TableShapes,
  edits: TextEdits,
): void {
  const { target, hasColumns, rowsAt } = scope;
  const shape = target && hiding.get(target);
  if (!shape || hasColumns || isWord(tokens[rowsAt], 'default')) return;
  const columns = writtenColumns(tokens, scope, shape, shapes);
  if (!columns.length) {
    const values = listItems(tokens, rowsAt + 1).items.length;
    throw new StatementError(
      SQLSTATE.syntaxError,
      `INSERT has more expressions than target columns, ${values} expressions for 0 targets`,
    );
  }
  edits.insert(tokens[rowsAt - 1]!.end, ` (${quoteNames(columns)})`);
}

/** Makes a SELECT of `TABLE t`. */
function selectColumns(
  tokens: readonly Token[],
  { from, target }: Scope,
  hiding: Hiding,
  isExplained: boolean,
  edits: TextEdits,
): void {
  const shape = target && hiding.get(target);
  if (!shape) return;
  edits.replace(tokens[from]!.start, tokens[from]!.end, 'SELECT * FROM');
  replaceTable(tokens, target, shape, isExplained, edits);
}
