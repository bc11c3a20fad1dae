import { notSupported } from '../../protocol/statement-error.ts';
import { quoteName } from '../text/quoting.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import type { Context } from '../translation/context.ts';
import { localName } from '../translation/relation.ts';
import type { Forward } from '../translation/translation.ts';

/**
 * What follows ALTER INDEX (cockroachlabs.com/docs/stable/alter-index). Throws StatementError for anything but RENAME.
 *
 *     ALTER INDEX users@primary RENAME TO by_id
 *     ALTER INDEX "users_pkey" RENAME TO "by_id"
 */
export function translateAlterIndex(reader: StatementReader, context: Context): Forward {
  reader.skip('if', 'exists');
  const path = reader.path();
  const table = reader.skip('@') ? path.at(-1)! : undefined;
  const index = table === undefined ? path.at(-1)! : reader.name();
  if (!reader.skip('rename', 'to')) throw notSupported(`ALTER INDEX … ${reader.token.value.toUpperCase()}`);
  const to = reader.name();
  reader.expectEnd();
  const from = index === 'primary' && table !== undefined ? `${table}_pkey` : index;
  return {
    kind: 'forward',
    sql: `ALTER INDEX ${localName(context, [from])} RENAME TO ${quoteName(to)}`,
    tag: 'RENAME INDEX',
  };
}
