import type { TablePage, TableQuery } from '../../shared/protocol.ts';
import { ask, readJson } from '../api/request.ts';

/** Reads a page of a table. Throws RefusedError or AwayError, or the signal's reason when it is aborted. */
export async function readPage(
  sandbox: string,
  { database, schema, name, sort, descending, limit, offset }: TableQuery,
  signal: AbortSignal,
): Promise<TablePage> {
  const query = new URLSearchParams({ database, schema, name, limit: String(limit), offset: String(offset) });
  if (sort !== undefined) query.set('sort', sort);
  if (descending) query.set('descending', 'true');
  return await readJson(ask('GET', `/api/sandboxes/${sandbox}/table?${query}`, { signal }));
}
