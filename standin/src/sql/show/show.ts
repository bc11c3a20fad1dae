import { notSupported } from '../../protocol/statement-error.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import { nameOf } from '../text/statement-name.ts';
import type { Context } from '../translation/context.ts';
import type { Translation } from '../translation/translation.ts';
import { showSavepoints } from '../session/savepoints.ts';
import { showClusterSetting } from './show-cluster-setting.ts';
import { SHOW_DATABASE_OBJECTS } from './show-database-objects.ts';
import { SHOW_GRANTS_AND_ROLES } from './show-grants.ts';
import { SHOW_NODE } from './show-node.ts';
import type { ShowReader, ShowReaders } from './show-reader.ts';
import { SHOW_STORAGE } from './show-storage.ts';
import { SHOW_TABLE_PARTS } from './show-table.ts';
import { showVariable } from './show-variable.ts';

/** Refuses what CockroachDB can show and no reader recognised. */
const refuseNotShown: ShowReader = ({ statement }) => {
  const { name } = nameOf(statement);
  if (name === 'SHOW') return undefined;
  throw notSupported(name);
};

/** In the order in which they are tried: what no other reader recognises may be a variable. */
const READERS: ShowReaders = {
  ...SHOW_NODE,
  ...SHOW_STORAGE,
  clusterSetting: showClusterSetting,
  ...SHOW_TABLE_PARTS,
  ...SHOW_DATABASE_OBJECTS,
  ...SHOW_GRANTS_AND_ROLES,
  savepoints: (reader, context) => (reader.skip('savepoint', 'status') ? showSavepoints(reader, context) : undefined),
  variable: (reader, context) => refuseNotShown(reader, context) ?? showVariable(reader, context),
};

/** SHOW … (cockroachlabs.com/docs/stable/sql-statements: everything that begins with SHOW). Throws StatementError. */
export async function translateShow(statement: Statement, context: Context): Promise<Translation> {
  const reader = new StatementReader(statement);
  reader.expect('show');
  if (reader.atEnd) throw reader.syntaxError();
  const start = reader.at;
  for (const show of Object.values(READERS)) {
    reader.at = start;
    const translation = await show(reader, context);
    if (translation) return translation;
  }
  reader.at = start;
  throw notSupported(`SHOW ${reader.rest.toUpperCase().slice(0, 60)}`);
}
