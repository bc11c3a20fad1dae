import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { rewriteTypeNames } from '../rewriting/type-names.ts';
import { substatement, type Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { readColumnParts, type ColumnParts } from './column-parts.ts';
import { rewriteColumn } from './column-definition.ts';
import { markConstraints } from './index-names.ts';
import type { TableConstraint } from './table-constraint.ts';

/**
 * Returns a column of CREATE TABLE as PostgreSQL writes it, without its checks. Throws StatementError.
 *
 *     name STRING(20) CHECK (name > '')
 *     name crdb."string(20)"
 */
export function columnDefinition(element: Statement, parts: ColumnParts, context: Context): string {
  const edits = rewriteForPostgres(element, context);
  rewriteTypeNames({ ...element, definesColumn: true }, edits, 'int8');
  rewriteColumn(element, parts, edits, context);
  for (const { from, to } of parts.checks) edits.remove(element.tokens[from]!.start, element.tokens[to - 1]!.end);
  markConstraints(element, edits);
  return edits.apply();
}

/** Returns the checks of a column as PostgreSQL writes them, as constraints of the table. */
export function columnChecks(element: Statement, context: Context): string[] {
  return readColumnParts(element).checks.map(({ from, to }) =>
    rewriteForPostgres(substatement(element, from, to), context).apply(),
  );
}

/**
 * Returns a constraint or a LIKE of CREATE TABLE as PostgreSQL writes it. Throws StatementError.
 *
 *     PRIMARY KEY (id ASC)
 *     PRIMARY KEY (id )
 */
export function constraintDefinition(element: Statement, constraint: TableConstraint, context: Context): string {
  const edits = rewriteForPostgres(element, context);
  markConstraints(element, edits);
  if (constraint.kind === 'primary' || constraint.kind === 'unique') removeDirections(element, edits);
  if (constraint.hash) {
    const from = element.tokens.findIndex((token) => isWord(token, 'using'));
    const last = element.tokens[from + constraint.hash.to - constraint.hash.from - 1]!;
    edits.replace(element.tokens[from]!.start, last.end, '');
  }
  return edits.apply();
}

/** Removes ASC and DESC from a key, where PostgreSQL allows no direction. */
function removeDirections({ tokens }: Statement, edits: TextEdits): void {
  for (const token of tokens) if (isWord(token, 'asc', 'desc')) edits.replace(token.start, token.end, '');
}

/** Returns the n of a column of type STRING(n) as the only element; an empty array for any other column. */
export function stringLimit({ tokens }: Statement): number[] {
  return isWord(tokens[1], 'string') && isSign(tokens[2], '(') && isSign(tokens[4], ')')
    ? [Number.parseInt(tokens[3]!.value, 10)]
    : [];
}
