import type { Holdings, Table } from '../../shared/protocol.ts';
import { tableTitle } from '../sentences/table-words.ts';

/** Whether all that a cluster holds is listed: of what is not, nobody knows whether it is there. */
export function listsAll({ unlisted }: Holdings): boolean {
  return unlisted.tables === 0 && unlisted.databases === 0;
}

/** Whether a table was not there in `before`, as far as that is known. */
export function isNewSince(before: Holdings, table: Table): boolean {
  return listsAll(before) && !before.tables.some((each) => tableTitle(each) === tableTitle(table));
}
