import type { Token } from '../text/tokens.ts';
import type { ColumnParts } from './column-parts.ts';
import { refuseChangingCasts } from './expressions/refused-casts.ts';
import { refuseParts, type Place } from './expressions/refused-parts.ts';
import type { ColumnTypes } from './expressions/type-of.ts';

/**
 * Throws StatementError for an expression that CockroachDB does not take in that place of a definition
 * (cockroachlabs.com/docs/stable/default-value, check, computed-columns, partial-indexes). What PostgreSQL refuses with
 * the same code is left to it.
 */
export function checkExpression(tokens: readonly Token[], place: Place, columns: ColumnTypes): void {
  refuseParts(tokens, place);
  if (place === 'computed column' || place === 'index predicate') refuseChangingCasts(tokens, place, columns);
}

/** Checks the expressions of a column, as `checkExpression` does. */
export function checkColumn({ default: filled, computed, checks }: ColumnParts, columns: ColumnTypes): void {
  if (filled) checkExpression(filled, 'DEFAULT', columns);
  if (computed) checkExpression(computed, 'computed column', columns);
  for (const { condition } of checks) checkExpression(condition, 'CHECK', columns);
}
