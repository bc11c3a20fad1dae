import { quoteText } from '../../text/quoting.ts';
import type { Token } from '../../text/tokens.ts';
import { UnreadableExpression } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { familyOf } from './parse-type.ts';
import { printExpression } from './print-expression.ts';
import type { ColumnTypes } from './type-of.ts';

/** Stands around the name of a column in a noted expression. */
const MARK = '\u0001';

/**
 * Returns an expression of SQL for the text of an expression as SHOW CREATE prints it, in which the names of columns
 * are marked; undefined for an expression that is not understood. `type` is that of the column whose default it is.
 *
 *     a > 0
 *     E'\u0001a\u0001 > 0:::INT8'
 */
export function printedSql(tokens: readonly Token[], columns: ColumnTypes, type?: string): string | undefined {
  if (tokens.some(({ value }) => value.includes(MARK))) return undefined;
  try {
    const pieces = printExpression(parseExpression(tokens), columns, type === undefined ? undefined : familyOf(type));
    const texts: string[] = [];
    const parts: string[] = [];
    const flush = (): void => {
      if (texts.length > 0) parts.push(quoteText(texts.splice(0).join('')));
    };
    for (const piece of pieces) {
      if (typeof piece === 'string') texts.push(piece);
      else if ('column' in piece) texts.push(MARK, piece.column, MARK);
      else {
        flush();
        parts.push(piece.sql);
      }
    }
    flush();
    return parts.join(' || ');
  } catch (error) {
    // A RangeError: an expression that is nested too deeply.
    if (error instanceof UnreadableExpression || error instanceof RangeError) return undefined;
    throw error;
  }
}
