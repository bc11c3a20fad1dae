import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import type { Context } from '../translation/context.ts';
import { local, type Local } from '../translation/translation.ts';
import { findIndex, noSuchIndex, readIndexName } from './find-index.ts';

/**
 * What follows ALTER INDEX (cockroachlabs.com/docs/stable/alter-index). Throws StatementError for anything but RENAME.
 *
 *     ALTER INDEX users@primary RENAME TO by_id
 *     SELECT crdb.name_index('public.users_pkey'::regclass, 'by_id')
 */
export function translateAlterIndex(reader: StatementReader, context: Context): Local {
  const ifExists = reader.skip('if', 'exists');
  const name = readIndexName(reader);
  if (!reader.skip('rename', 'to')) throw notSupported(`ALTER INDEX … ${reader.token.value.toUpperCase()}`);
  const to = reader.name();
  reader.expectEnd();
  return local('RENAME INDEX', async () => {
    const index = await findIndex(name, context);
    if (!index && ifExists) return;
    if (!index) throw noSuchIndex(name.index);
    if (to === '') throw new StatementError(SQLSTATE.syntaxError, 'empty index name');
    if (to === name.index) return;
    const id = `${quoteText(index.name)}::pg_catalog.regclass`;
    const [[taken] = []] = await context.query(
      `SELECT crdb.has_index(indrelid, 0, ${quoteText(to)})
      FROM pg_catalog.pg_index
      WHERE indexrelid = ${id}`,
    );
    if (taken === 't') throw new StatementError(SQLSTATE.duplicateTable, `index name "${to}" already exists`);
    await context.execute(`SELECT crdb.name_index(${id}, ${quoteText(to)})`);
  });
}
