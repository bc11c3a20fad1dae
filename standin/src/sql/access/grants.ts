import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { quoteArray, quoteName, quoteNames } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import { parseStatement, type Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { requireDatabase } from '../translation/lookups.ts';
import { local, type Local } from '../translation/translation.ts';

const PRIVILEGES =
  `all create drop grant select insert delete update zoneconfig usage connect backup restore changefeed`.split(' ');
/** Privileges on a table that PostgreSQL enforces. */
const TABLE_PRIVILEGES = ['ALL', 'SELECT', 'INSERT', 'UPDATE', 'DELETE'];

type Verb = 'GRANT' | 'REVOKE';

/** A GRANT or REVOKE of privileges on objects. */
interface Grant {
  verb: Verb;
  /** In capitals. */
  privileges: string[];
  /** The qualified names of the objects. */
  objects: string[][];
  grantees: string[];
}

/** GRANT and REVOKE (cockroachlabs.com/docs/stable/grant, revoke). Throws StatementError. */
export function translateGrant(statement: Statement, context: Context): Local {
  const reader = new StatementReader(statement);
  const verb = reader.oneOf('grant', 'revoke') === 'grant' ? 'GRANT' : 'REVOKE';
  const optionOnly = reader.skip('admin', 'option', 'for') || reader.skip('grant', 'option', 'for');
  const granted = readGranted(reader);
  if (!reader.skip('on')) return grantRoles(reader, context, { verb, roles: granted, optionOnly });
  const unknown = granted.find((name) => !PRIVILEGES.includes(name));
  if (unknown !== undefined) throw new StatementError(SQLSTATE.syntaxError, `at or near "${unknown}": syntax error`);
  const kind = reader.oneOf(...Object.keys(GRANT_ON)) ?? 'table';
  const objects = reader.paths();
  const grantees = readGrantees(reader, verb);
  const privileges = granted.map((name) => name.toUpperCase());
  return local(verb, () => GRANT_ON[kind]!({ verb, privileges, objects, grantees }, context));
}

/** Reads what is granted: privileges, or the names of roles. */
function readGranted(reader: StatementReader): string[] {
  const names = [reader.name()];
  reader.skip('privileges');
  while (reader.skip(',')) names.push(reader.name());
  return names;
}

function readGrantees(reader: StatementReader, verb: Verb): string[] {
  reader.expect(verb === 'GRANT' ? 'to' : 'from');
  return readGranted(reader);
}

/** `TO` or `FROM`, and the grantees. */
function toGrantees(verb: Verb, grantees: string[]): string {
  return `${verb === 'GRANT' ? 'TO' : 'FROM'} ${quoteNames(grantees)}`;
}

/** How privileges are granted on each kind of object. */
const GRANT_ON: Record<string, (grant: Grant, context: Context) => Promise<void>> = {
  database: async ({ verb, privileges, objects, grantees }, context) => {
    for (const [name] of objects as [string][]) {
      await requireDatabase(context, name);
      const sql = `SELECT crdb.${verb.toLowerCase()}_database(${quoteArray(privileges)}, ${quoteArray(grantees)})`;
      if (name === context.database) await context.execute(sql);
      else await context.executeIn(name, sql);
    }
  },
  table: (grant, context) => grantOnTables('TABLE', grant, context),
  schema: async ({ verb, privileges, objects, grantees }, context) => {
    const schemas = quoteNames(objects.map((path) => path.at(-1)!));
    await context.execute(`${verb} ${privileges.join(', ')} ON SCHEMA ${schemas} ${toGrantees(verb, grantees)}`);
  },
  type: async ({ verb, privileges, objects, grantees }, context) => {
    const types = objects.map((path) => path.map(quoteName).join('.')).join(', ');
    await context.execute(`${verb} ${privileges.join(', ')} ON TYPE ${types} ${toGrantees(verb, grantees)}`);
  },
  sequence: (grant, context) => grantOnTables('SEQUENCE', grant, context),
};

async function grantOnTables(
  kind: 'TABLE' | 'SEQUENCE',
  { verb, privileges, objects, grantees }: Grant,
  context: Context,
): Promise<void> {
  const notEnforced = privileges.some((privilege) => !TABLE_PRIVILEGES.includes(privilege));
  if (notEnforced) throw notSupported(`${verb} ${privileges.join(', ')} on tables`);
  for (const path of objects) {
    const name = relationName(path, context);
    await context.execute(`${verb} ${privileges.join(', ')} ON ${kind} ${name} ${toGrantees(verb, grantees)}`);
  }
}

/**
 * Returns a table's name as PostgreSQL resolves it. Table names are recognised only after FROM, so it is put in front.
 */
function relationName(path: string[], context: Context): string {
  const source = `from ${path.map(quoteName).join('.')}`;
  return rewriteForPostgres(parseStatement(source), context).apply().slice('from '.length);
}

/** GRANT and REVOKE of roles. `optionOnly` keeps the membership and revokes only the right to grant it. */
function grantRoles(
  reader: StatementReader,
  context: Context,
  { verb, roles, optionOnly }: { verb: Verb; roles: string[]; optionOnly: boolean },
): Local {
  const members = readGrantees(reader, verb);
  const withOption = reader.skip('with', 'admin', 'option');
  reader.expectEnd();
  if (verb === 'REVOKE' && roles.includes('admin') && members.includes('root'))
    throw new StatementError(
      SQLSTATE.objectInUse,
      'role/user root cannot be removed from role admin or lose the ADMIN OPTION',
    );
  const head = `${verb} ${optionOnly ? 'ADMIN OPTION FOR ' : ''}${quoteNames(roles)}`;
  const tail = `${toGrantees(verb, members)}${withOption ? ' WITH ADMIN OPTION' : ''}`;
  return local(verb, () => context.execute(`${head} ${tail}`));
}
