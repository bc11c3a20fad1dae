import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import type { Context } from '../translation/context.ts';

const HINT = `See: https://go.crdb.dev/issue-v/46260/v21.1
--
You can enable temporary tables by running \`SET experimental_enable_temp_tables = 'on'\`.`;

/** Throws StatementError (featureNotSupported) where the session does not allow temporary tables and views. */
export function requireTemporaryTables({ session }: Context): void {
  if (session.variables.get('experimental_enable_temp_tables') === 'on') return;
  throw new StatementError(SQLSTATE.featureNotSupported, 'temporary tables are only supported experimentally', {
    hint: HINT,
  });
}
