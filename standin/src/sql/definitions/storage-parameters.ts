import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, type ErrorFields } from '../../protocol/statement-error.ts';
import type { StatementReader } from '../text/statement-reader.ts';

/** PostgreSQL's parameters that CockroachDB takes and ignores. */
const IGNORED = ['fillfactor', 'autovacuum_enabled'];

/**
 * Reads `WITH (parameter = value, …)` after the columns of a table (cockroachlabs.com/docs/stable/create-table), and
 * returns what CockroachDB says about it. Throws StatementError for other parameters.
 */
export function readStorageParameters(reader: StatementReader): ErrorFields[] {
  const notices: ErrorFields[] = [];
  if (!reader.skip('with', '(')) return notices;
  do {
    const name = reader.name();
    reader.expect('=');
    reader.at++;
    if (!IGNORED.includes(name))
      throw new StatementError(SQLSTATE.invalidParameterValue, `invalid storage parameter "${name}"`);
    notices.push({
      severity: 'NOTICE',
      code: SQLSTATE.successfulCompletion,
      message: `storage parameter "${name}" is ignored`,
    });
  } while (reader.skip(','));
  reader.expect(')');
  return notices;
}
