import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorFields } from '../../protocol/statement-error.ts';
import type { Statement } from '../text/statement.ts';
import { isWord } from '../text/tokens.ts';

/** The privilege that a statement needs, by its first word; all others need SELECT. */
const PRIVILEGES = new Map([
  ['insert', 'INSERT'],
  ['upsert', 'INSERT'],
  ['update', 'UPDATE'],
  ['delete', 'DELETE'],
  ['truncate', 'DROP'],
  ['drop', 'DROP'],
  ['alter', 'CREATE'],
  ['create', 'CREATE'],
  ['comment', 'CREATE'],
  ['grant', 'GRANT'],
  ['revoke', 'GRANT'],
]);

const ON_OBJECT = new RegExp(
  '^(?:permission denied for|must be owner of) ' +
    '(table|view|sequence|relation|schema|database|materialized view|index) (\\S+)$',
);
const ON_FUNCTION = /^permission denied for function (\S+)$/;

/**
 * Rewords PostgreSQL's `permission denied for …`: CockroachDB names the user and the privilege. Returns any other error
 * unchanged. `database` is the client's own.
 *
 *     permission denied for table accounts
 *     user maxroach does not have INSERT privilege on relation accounts
 */
export function privilegeError(
  error: ErrorFields,
  statement: Statement,
  { user, database }: { user: string; database: string },
): ErrorFields {
  if (error.code !== SQLSTATE.insufficientPrivilege) return error;
  const [, kind, name] = ON_OBJECT.exec(error.message) ?? [];
  const [, called] = ON_FUNCTION.exec(error.message) ?? [];
  // PostgreSQL would make the object in the only schema of search_path that exists, which is the stand-in's own.
  if (error.message === 'permission denied for schema crdb')
    return { code: SQLSTATE.invalidName, message: 'no database or schema specified' };
  if (called !== undefined) return { code: SQLSTATE.undefinedFunction, message: `unknown function: ${called}()` };
  if (kind === undefined) return error;
  if (kind === 'sequence' && isWord(statement.tokens[0], 'insert', 'upsert', 'update', 'delete', 'truncate'))
    return { code: SQLSTATE.wrongObjectType, message: `"${name}" is not a table` };
  const privilege = PRIVILEGES.get(statement.tokens[0]?.value ?? '') ?? 'SELECT';
  const object = objectName(kind, name!, database);
  return { code: error.code, message: `user ${user} does not have ${privilege} privilege on ${object}` };
}

/** Returns an object as CockroachDB names it. Privileges in schema public are those of the database. */
function objectName(kind: string, name: string, database: string): string {
  if (kind === 'schema') return name === 'public' ? `database ${database}` : `schema ${name}`;
  return kind === 'database' ? `database ${name}` : `relation ${name}`;
}
