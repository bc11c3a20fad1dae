import type { Column } from '../../shared/protocol.ts';
import { MAX_CELL_CHARACTERS } from './truncate-cell.ts';
import { sqlName } from './sql-quoting.ts';
import { isNumber } from './table-shape.ts';

/** Types whose values have no end. Others are short, and read as they are. */
const SHORT = /^(BOOL|DATE|TIME|TIMETZ|TIMESTAMP|TIMESTAMPTZ|UUID|INTERVAL|OID)(\(\d+\))?$/;

/** Whether a column of that type holds nothing long. */
export function isShort(type: string): boolean {
  return SHORT.test(type) || isNumber(type);
}

/** A column as it is selected where whole values would be too much: of long ones only the beginning. */
export function selectTruncated({ name, type }: Column): string {
  return isShort(type)
    ? sqlName(name)
    : `left(${sqlName(name)}::STRING, ${MAX_CELL_CHARACTERS + 1}) AS ${sqlName(name)}`;
}

/** What came of such a column, for the eye; how long the whole is, nobody knows. */
export function truncateLongValue(cell: string | null): string | null {
  if (cell === null || cell.length <= MAX_CELL_CHARACTERS) return cell;
  return `${cell.slice(0, MAX_CELL_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
