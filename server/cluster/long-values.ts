import type { Column } from '../../shared/protocol.ts';
import { MAX_CELL_CHARACTERS } from './truncate-cell.ts';
import { sqlName } from './sql-quoting.ts';
import { isNumber } from './table-shape.ts';

/** Types whose values are always short, so that they can be read whole. Values of other types may be of any length. */
const SHORT = /^(BOOL|DATE|TIME|TIMETZ|TIMESTAMP|TIMESTAMPTZ|UUID|INTERVAL|OID)(\(\d+\))?$/;

/** Whether all values of that column type are short. */
export function isShort(type: string): boolean {
  return SHORT.test(type) || isNumber(type);
}

/** Returns a column's expression for a SELECT that reads only the beginning of long values. */
export function selectTruncated({ name, type }: Column): string {
  return isShort(type)
    ? sqlName(name)
    : `left(${sqlName(name)}::STRING, ${MAX_CELL_CHARACTERS + 1}) AS ${sqlName(name)}`;
}

/** Returns a value that `selectTruncated` has read, with `…` in place of a missing rest, whose length is unknown. */
export function truncateLongValue(cell: string | null): string | null {
  if (cell === null || cell.length <= MAX_CELL_CHARACTERS) return cell;
  return `${cell.slice(0, MAX_CELL_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
