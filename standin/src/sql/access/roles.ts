import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError, type ErrorFields } from '../../protocol/statement-error.ts';
import { quoteName, quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import { isWord } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import { IS_ADMIN, roleExists } from '../translation/lookups.ts';
import { local, type Local } from '../translation/translation.ts';

const OPTIONS = ['login', 'nologin', 'createdb', 'nocreatedb', 'createrole', 'nocreaterole'];
/** Options that CockroachDB has too: they allow what the stand-in does not have, or lets everyone do. */
const OTHER_OPTIONS = `controljob nocontroljob controlchangefeed nocontrolchangefeed createlogin nocreatelogin
  viewactivity noviewactivity cancelquery nocancelquery modifyclustersetting nomodifyclustersetting`.split(/\s+/);
/** Names that CockroachDB takes for new users. Names are written in small letters. */
const ROLE_NAME = /^[\p{Ll}\p{Lo}0-9_][\p{Ll}\p{Lo}0-9_.-]*$/u;
const NAME_HINT =
  'Usernames are case insensitive, must start with a letter, digit or underscore, may contain letters, digits, ' +
  'dashes, periods, or underscores, and must not exceed 63 characters.';

/**
 * CREATE, ALTER and DROP of users and roles (cockroachlabs.com/docs/stable/create-user, alter-user, drop-user);
 * undefined for any other statement. Throws StatementError.
 */
export function translateRole(statement: Statement, context: Context): Local | undefined {
  const reader = new StatementReader(statement);
  const verb = reader.oneOf('create', 'drop', 'alter');
  const kind = verb && reader.oneOf('user', 'role');
  if (!kind) return undefined;
  if (verb === 'drop') return dropRoles(reader, context);
  const ifNotExists = verb === 'create' && reader.skip('if', 'not', 'exists');
  const ifExists = verb === 'alter' && reader.skip('if', 'exists');
  const name = readRoleName(reader, verb === 'create');
  reader.skip('with');
  const options = readOptions(reader, context, name);
  const sql = `${verb} ${kind} ${quoteName(name)} ${options.join(' ')}`;
  if (verb === 'create') return createRole(name, sql, ifNotExists, context);
  return local('ALTER ROLE', async () => {
    if (await roleExists(context, name)) await executeOnRoles(options.length ? sql : 'SELECT 1', context);
    else if (!ifExists) throw new StatementError(SQLSTATE.uncategorized, `role/user ${name} does not exist`);
  });
}

/** Reads the name of a role: in small letters, even when quoted. Throws StatementError for one that cannot be made. */
function readRoleName(reader: StatementReader, isNew: boolean): string {
  if (isWord(reader.token, 'current_user', 'session_user'))
    throw new StatementError(SQLSTATE.syntaxError, `at or near "${reader.token.value}": syntax error`);
  const name = reader.name().toLowerCase();
  if (!isNew) return name;
  if (name === 'node' || name === 'public')
    throw new StatementError(
      SQLSTATE.reservedName,
      name === 'node' ? 'username "node" reserved' : 'role name "public" is reserved',
    );
  const trouble = name === '' ? 'empty' : name.length > 63 ? 'too long' : ROLE_NAME.test(name) ? undefined : 'invalid';
  if (trouble) throw new StatementError(SQLSTATE.uncategorized, `username is ${trouble}`, { hint: NAME_HINT });
  return name;
}

/** The options of a user, in capitals. Throws StatementError for those that the stand-in does not have. */
function readOptions(reader: StatementReader, { session }: Context, user: string): string[] {
  const options: string[] = [];
  while (!reader.atEnd) {
    const option = reader.oneOf(...OPTIONS)?.toUpperCase();
    if (option !== undefined) {
      if (options.includes(option)) throw new StatementError(SQLSTATE.syntaxError, 'redundant role options');
      if (options.some((other) => other === `NO${option}` || option === `NO${other}`))
        throw new StatementError(SQLSTATE.syntaxError, 'conflicting role options');
      options.push(option);
    } else if (reader.skip('password')) checkPassword(reader, session.secure, user);
    else if (isWord(reader.token, 'valid', ...OTHER_OPTIONS))
      throw notSupported(`a role's ${reader.token.value.toUpperCase()}`);
    else throw reader.syntaxError();
  }
  return options;
}

/** Skips a password. Throws StatementError for anything but NULL. */
function checkPassword(reader: StatementReader, isSecure: boolean, user: string): void {
  const password = reader.token;
  reader.at++;
  if (isWord(password, 'null')) return;
  if (!isSecure)
    throw new StatementError(
      SQLSTATE.invalidPassword,
      'setting or updating a password is not supported in insecure mode',
    );
  if (password.value === "''") throw new StatementError(SQLSTATE.uncategorized, 'empty passwords are not permitted');
  throw notSupported(`passwords: ${user} can log in with a certificate`);
}

function createRole(name: string, sql: string, ifNotExists: boolean, context: Context): Local {
  return local('CREATE ROLE', async () => {
    if (ifNotExists && (await roleExists(context, name))) return;
    await executeOnRoles(sql, context, (error) =>
      error.code === SQLSTATE.duplicateObject
        ? { code: error.code, message: `a role/user named ${name} already exists` }
        : error,
    );
  });
}

function dropRoles(reader: StatementReader, context: Context): Local {
  const ifExists = reader.skip('if', 'exists');
  const names = reader.names().map((name) => name.toLowerCase());
  reader.expectEnd();
  return local('DROP ROLE', async () => {
    for (const name of names) await dropRole(name, ifExists, context);
  });
}

async function dropRole(name: string, ifExists: boolean, context: Context): Promise<void> {
  if (name === 'root' || name === 'admin')
    throw new StatementError(SQLSTATE.dependentObjectsStillExist, `cannot drop role/user ${name}: grants still exist`);
  if (await roleExists(context, name)) {
    if (!(await mayChangeRoles(context))) throw mayNot(context);
    const objects = await grantedTo(name, context);
    if (objects.length) throw grantsStillExist(name, objects);
    await executeOnRoles(`DROP ROLE ${quoteName(name)}`, context, (error) =>
      error.code === SQLSTATE.dependentObjectsStillExist
        ? grantsStillExist(name, ['objects of this cluster']).fields
        : error,
    );
  } else if (!ifExists) throw new StatementError(SQLSTATE.uncategorized, `role/user ${name} does not exist`);
}

/** The database and the tables on which a role has privileges, as the error about them names them. */
async function grantedTo(role: string, context: Context): Promise<string[]> {
  const rows = await context.query(`
    SELECT pg_catalog.current_database()::text, 0::oid
    FROM crdb.standin_database_grants
    WHERE grantee = ${quoteText(role)}
    UNION
    SELECT pg_catalog.current_database() || '.' || n.nspname || '.' || c.relname, c.oid
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND crdb_standin.is_client_schema(n.nspname)
    JOIN pg_catalog.pg_roles r ON r.rolname = ${quoteText(role)}
    WHERE c.relkind IN ('r', 'v', 'm', 'S')
      AND (c.relowner = r.oid OR EXISTS (SELECT 1 FROM pg_catalog.aclexplode(c.relacl) x WHERE x.grantee = r.oid))
    ORDER BY 2`);
  return rows.map(([name]) => name!);
}

function grantsStillExist(role: string, objects: string[]): StatementError {
  const message = `cannot drop role/user ${role}: grants still exist on ${objects.join(', ')}`;
  return new StatementError(SQLSTATE.dependentObjectsStillExist, message);
}

/**
 * Runs as root, where the user may change roles: in PostgreSQL, members of admin do not inherit its attributes, and who
 * may create roles changes only those that it created.
 */
async function executeOnRoles(
  sql: string,
  context: Context,
  rewordError: (error: ErrorFields) => ErrorFields = (error) => error,
): Promise<void> {
  try {
    if (context.user !== 'root' && (await mayChangeRoles(context))) await context.executeAsRoot(sql);
    else await context.execute(sql);
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    const reworded = rewordError(error.fields);
    if (reworded.code !== SQLSTATE.insufficientPrivilege) throw StatementError.of(reworded);
    throw mayNot(context);
  }
}

function mayNot({ user }: Context): StatementError {
  return new StatementError(SQLSTATE.insufficientPrivilege, `user ${user} does not have CREATEROLE privilege`);
}

async function mayChangeRoles(context: Context): Promise<boolean> {
  const [[answer] = []] = await context.query(
    `SELECT ${IS_ADMIN} OR rolcreaterole
    FROM pg_catalog.pg_roles
    WHERE rolname = current_user`,
  );
  return answer === 't';
}
