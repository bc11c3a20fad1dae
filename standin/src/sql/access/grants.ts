import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { quoteArray, quoteText } from '../text/quoting.ts';
import { StatementReader } from '../text/statement-reader.ts';
import type { Statement } from '../text/statement.ts';
import type { Context } from '../translation/context.ts';
import { requireDatabase } from '../translation/lookups.ts';
import { resolveType } from '../translation/named-type.ts';
import { resolveRelation, schemaOfPath } from '../translation/relation.ts';
import { local, type Local } from '../translation/translation.ts';
import { changeMemberships } from './role-memberships.ts';

const PRIVILEGES =
  `all create drop grant select insert delete update zoneconfig usage connect backup restore changefeed`.split(' ');
const TABLE_PRIVILEGES = 'ALL CREATE DROP GRANT SELECT INSERT DELETE UPDATE ZONECONFIG'.split(' ');
const OBJECT_PRIVILEGES = {
  SCHEMA: ['ALL', 'GRANT', 'CREATE', 'USAGE'],
  TYPE: ['ALL', 'GRANT', 'USAGE'],
};

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
  if (unknown !== undefined)
    throw new StatementError(
      SQLSTATE.syntaxError,
      `at or near "on": syntax error: not a valid privilege: ${JSON.stringify(unknown)}`,
    );
  const kind = reader.oneOf(...Object.keys(GRANT_ON)) ?? 'table';
  const objects = [reader.pattern()];
  while (reader.skip(',')) objects.push(reader.pattern());
  const grantees = readGrantees(reader, verb);
  reader.expectEnd();
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
  table: grantOnTables,
  schema: (grant, context) => grantOnObjects('SCHEMA', grant, context),
  type: (grant, context) => grantOnObjects('TYPE', grant, context),
  sequence: grantOnTables,
};

async function grantOnTables(grant: Grant, context: Context): Promise<void> {
  const { verb, privileges, objects, grantees } = grant;
  const unknown = privileges.find((privilege) => !TABLE_PRIVILEGES.includes(privilege));
  if (unknown !== undefined) throw invalidPrivilege(unknown, 'table');
  const parts = `${quoteText(verb)}, ${quoteArray(privileges)}`;
  for (const path of objects)
    for (const oid of await relationsOf(path, context))
      await context.execute(`SELECT crdb.change_table_grants(${parts}, ${oid}, ${quoteArray(grantees)})`);
}

/** Returns the oids of a table, or of all tables of a schema where the path ends in `*`. Throws StatementError. */
async function relationsOf(path: string[], context: Context): Promise<string[]> {
  if (path.at(-1) !== '*') return [(await resolveRelation(context, path)).oid];
  const schema = schemaOfPath(context, path.slice(0, -1)) ?? 'public';
  const rows = await context.query(`
    SELECT c.oid
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ${quoteText(schema)}
      AND c.relkind IN ('r', 'v', 'm', 'S')
    ORDER BY c.oid`);
  return rows.map(([oid]) => oid!);
}

async function grantOnObjects(
  kind: 'SCHEMA' | 'TYPE',
  { verb, privileges, objects, grantees }: Grant,
  context: Context,
): Promise<void> {
  const unknown = privileges.find((privilege) => !OBJECT_PRIVILEGES[kind].includes(privilege));
  if (unknown !== undefined) throw invalidPrivilege(unknown, kind.toLowerCase());
  if (privileges.includes('GRANT')) throw notSupported(`the privilege GRANT on a ${kind.toLowerCase()}`);
  for (const path of objects) {
    const oid = kind === 'SCHEMA' ? await schemaOid(path.at(-1)!, context) : (await resolveType(context, path)).oid;
    const parts = [quoteText(verb), `'${kind}'`, quoteArray(privileges), oid, quoteArray(grantees)];
    await context.execute(`SELECT crdb.change_object_grants(${parts.join(', ')})`);
  }
}

async function schemaOid(name: string, context: Context): Promise<string> {
  const [found] = await context.query(`
    SELECT oid
    FROM pg_catalog.pg_namespace
    WHERE nspname = ${quoteText(name)}`);
  if (!found) throw new StatementError(SQLSTATE.invalidSchemaName, `unknown schema "${name}"`);
  return found[0]!;
}

function invalidPrivilege(privilege: string, kind: string): StatementError {
  return new StatementError(SQLSTATE.invalidGrantOperation, `invalid privilege type ${privilege} for ${kind}`);
}

/** GRANT and REVOKE of roles. `optionOnly` keeps the membership and revokes only the right to grant it. */
function grantRoles(
  reader: StatementReader,
  context: Context,
  { verb, roles, optionOnly }: { verb: Verb; roles: string[]; optionOnly: boolean },
): Local {
  const members = readGrantees(reader, verb);
  const withOption = verb === 'GRANT' && reader.skip('with', 'admin', 'option');
  reader.expectEnd();
  return local(verb, () => changeMemberships({ verb, roles, members, adminOption: optionOnly || withOption }, context));
}
