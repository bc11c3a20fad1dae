import { notSupported } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { rewriteTypeNames } from '../rewriting/type-names.ts';
import { quoteArray, quoteText } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { rewriteColumn } from './column-definition.ts';
import { kindOfElement, readElements } from './table-elements.ts';

/**
 * Returns a column, a constraint or a LIKE of CREATE TABLE as PostgreSQL writes it. Throws StatementError.
 *
 *     name STRING(20)         PRIMARY KEY (id ASC)
 *     name crdb."string(20)"  PRIMARY KEY (id )
 */
export function columnOrConstraint(element: Statement, context: Context): string {
  const kind = kindOfElement(element);
  const edits = rewriteForPostgres(element, context);
  if (kind === 'column') {
    rewriteTypeNames({ ...element, definesColumn: true }, edits, 'int8');
    rewriteColumn(element, edits, context);
  }
  if (kind === 'constraint') removeDirections(element, edits);
  return edits.apply();
}

/** Removes ASC from a constraint, where PostgreSQL allows no direction. */
function removeDirections({ tokens }: Statement, edits: TextEdits): void {
  if (tokens.some((token) => isWord(token, 'check'))) return;
  for (const token of tokens) {
    if (isWord(token, 'desc')) throw notSupported('a descending primary key or unique constraint');
    if (isWord(token, 'asc')) edits.replace(token.start, token.end, '');
  }
}

/**
 * Returns a statement that records `FAMILY [name] (columns)` for SHOW CREATE; families have no other effect here.
 * `place` is the family's index in the table, from 0; `table` is the table's name for PostgreSQL.
 */
export function familyStatement(family: Statement, place: number, table: string): string {
  const isNamed = !isSign(family.tokens[1], '(');
  const columns = readElements(family, isNamed ? 2 : 1).elements.map(({ tokens }) => tokens[0]!.value);
  const name = isNamed ? family.tokens[1]!.value : `fam_${place}_${columns.join('_')}`;
  return (
    `SELECT crdb.note_family(${quoteText(table)}::pg_catalog.regclass, ${place}, ` +
    `${quoteText(name)}, ${quoteArray(columns)})`
  );
}

/** Returns the n of a column of type STRING(n) as the only element; an empty array for any other column. */
export function stringLimit({ tokens }: Statement): number[] {
  return isWord(tokens[1], 'string') && isSign(tokens[2], '(') && isSign(tokens[4], ')')
    ? [Number.parseInt(tokens[3]!.value, 10)]
    : [];
}
