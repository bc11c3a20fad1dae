import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { quoteName, quoteNames } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { roleExists } from '../translation/lookups.ts';
import { local, type Local } from '../translation/translation.ts';

/** `REASSIGN OWNED BY role, … TO role` (cockroachlabs.com/docs/v21.1/reassign-owned). Throws StatementError. */
export function translateReassign(statement: Statement, context: Context): Local {
  const reader = new StatementReader(statement);
  reader.expect('reassign', 'owned', 'by');
  const owners = reader.names();
  reader.expect('to');
  const heir = reader.name();
  reader.expectEnd();
  return local('REASSIGN OWNED', async () => {
    for (const name of [...owners, heir])
      if (!(await roleExists(context, name)))
        throw new StatementError(SQLSTATE.undefinedObject, `role/user "${name}" does not exist`);
    await context.execute(`REASSIGN OWNED BY ${quoteNames(owners)} TO ${quoteName(heir)}`);
  });
}
