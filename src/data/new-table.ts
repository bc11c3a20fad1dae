import type { Holdings, Table } from '../../shared/protocol.ts';
import { tableTitle } from '../sentences/table-words.ts';

/** Returns whether all tables of a cluster are listed. Otherwise it is unknown whether an unlisted table exists. */
export function listsAll({ unlisted }: Holdings): boolean {
  return unlisted.tables === 0 && unlisted.databases === 0;
}

/** Returns whether a table certainly did not exist in `before`. */
export function isNewSince(before: Holdings, table: Table): boolean {
  return listsAll(before) && !before.tables.some((each) => tableTitle(each) === tableTitle(table));
}
