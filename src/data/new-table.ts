import type { Holdings, Table } from '../../server/protocol.ts';
import { tableTitle } from '../runner/holdings.ts';

/** Whether a table was not there in `before`. Where not all was listed, nobody knows. */
export function isNewSince(before: Holdings, table: Table): boolean {
  const { tables, unlisted } = before;
  return unlisted.tables === 0 && unlisted.databases === 0 && !tables.some((each) => tableTitle(each) === tableTitle(table));
}
