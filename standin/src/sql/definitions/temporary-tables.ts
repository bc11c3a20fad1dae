import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { unimplementedSyntax } from '../text/syntax-error.ts';
import { isWord } from '../text/tokens.ts';
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

const ON_COMMIT_ISSUE = 46556;

/** Reads `ON COMMIT PRESERVE ROWS`, which is what every temporary table does. Throws StatementError for others. */
export function readOnCommit(reader: StatementReader, isTemporary: boolean): void {
  if (!reader.skip('on', 'commit')) return;
  if (isWord(reader.token, 'delete', 'drop')) throw unimplementedSyntax(reader.peek(1)!, ON_COMMIT_ISSUE);
  reader.expect('preserve', 'rows');
  if (!isTemporary)
    throw new StatementError(SQLSTATE.invalidTableDefinition, 'ON COMMIT can only be used on temporary tables');
}
