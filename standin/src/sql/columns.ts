import type { Column } from '../protocol/messages.ts';

/** Columns from `name:oid` pairs. */
export function columnsOf(list: string): Column[] {
  return list.split(',').map((pair) => {
    const colon = pair.lastIndexOf(':');
    return { name: pair.slice(0, colon), oid: Number(pair.slice(colon + 1)) };
  });
}
