import { SqlError, notHere } from '../protocol/problem.ts';
import type { ActPlan, Context } from './plan.ts';
import { rewriteCommon } from './query.ts';
import { parseStatement, quoteName, quoteText, type Statement } from './statement.ts';
import { Words } from './words.ts';

const PRIVILEGES = [
  'all',
  'create',
  'drop',
  'grant',
  'select',
  'insert',
  'delete',
  'update',
  'zoneconfig',
  'usage',
  'connect',
  'backup',
  'restore',
  'changefeed',
];
/** Privileges on a table that PostgreSQL enforces; the rest have no meaning here. */
const TABLE_PRIVILEGES = ['ALL', 'SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/** GRANT and REVOKE (cockroachlabs.com/docs/stable/grant, revoke). */
export function planGrants(statement: Statement, context: Context): ActPlan {
  const words = new Words(statement);
  const verb = words.one('grant', 'revoke') === 'grant' ? 'GRANT' : 'REVOKE';
  const admin = words.skip('admin', 'option', 'for') || words.skip('grant', 'option', 'for');
  const first = readNames(words);
  if (!words.skip('on')) return membership(words, context, verb, first, admin);
  const privileges = first.map((name) => name.toUpperCase());
  const unknown = first.find((name) => !PRIVILEGES.includes(name));
  if (unknown) throw new SqlError('42601', `at or near "${unknown}": syntax error`);
  const kind = words.one('database', 'table', 'schema', 'type', 'sequence') ?? 'table';
  const targets = readTargets(words);
  const grantees = readGrantees(words, verb);
  const run = { database: onDatabases, table: onTables, sequence: onTables, schema: onSchemas, type: onTypes }[
    kind as 'table'
  ];
  return act(verb, () => run(context, { verb, privileges, targets, grantees, kind }));
}

interface Grant {
  verb: 'GRANT' | 'REVOKE';
  privileges: string[];
  targets: string[][];
  grantees: string[];
  kind: string;
}

const act = (tag: string, run: () => Promise<void>): ActPlan => ({
  kind: 'act',
  act: async () => {
    await run();
    return { tag };
  },
});

const preposition = (verb: string): string => (verb === 'GRANT' ? 'TO' : 'FROM');
const list = (names: string[]): string => `ARRAY[${names.map(quoteText).join(', ')}]::text[]`;

async function onDatabases(context: Context, grant: Grant): Promise<void> {
  for (const [name] of grant.targets) {
    const [found] = await context.ask(`SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${quoteText(name!)}`);
    if (!found) throw new SqlError('3D000', `database "${name}" does not exist`);
    const sql = `SELECT crdb.${grant.verb.toLowerCase()}_database(${list(grant.privileges)}, ${list(grant.grantees)})`;
    if (name === context.database) await context.tell(sql);
    else await context.elsewhere(name!, sql);
  }
}

async function onTables(context: Context, { verb, privileges, targets, grantees, kind }: Grant): Promise<void> {
  const enforced = privileges.filter((privilege) => TABLE_PRIVILEGES.includes(privilege));
  if (enforced.length < privileges.length) throw notHere(`${verb} ${privileges.join(', ')} on tables`);
  for (const path of targets) {
    const name = relation(path, context);
    await context.tell(
      `${verb} ${enforced.join(', ')} ON ${kind === 'sequence' ? 'SEQUENCE' : 'TABLE'} ${name} ${preposition(verb)} ${grantees.map(quoteName).join(', ')}`,
    );
  }
}

async function onSchemas(context: Context, { verb, privileges, targets, grantees }: Grant): Promise<void> {
  await context.tell(
    `${verb} ${privileges.join(', ')} ON SCHEMA ${targets.map((path) => quoteName(path.at(-1)!)).join(', ')} ${preposition(verb)} ${grantees.map(quoteName).join(', ')}`,
  );
}

async function onTypes(context: Context, { verb, privileges, targets, grantees }: Grant): Promise<void> {
  await context.tell(
    `${verb} ${privileges.join(', ')} ON TYPE ${targets.map((path) => path.map(quoteName).join('.')).join(', ')} ${preposition(verb)} ${grantees.map(quoteName).join(', ')}`,
  );
}

/** A table's name in the database that one is in, as PostgreSQL takes it. */
function relation(path: string[], context: Context): string {
  const source = `from ${path.map(quoteName).join('.')}`;
  return rewriteCommon(parseStatement(source), context).apply().slice('from '.length);
}

function membership(
  words: Words,
  context: Context,
  verb: 'GRANT' | 'REVOKE',
  roles: string[],
  admin: boolean,
): ActPlan {
  const members = readGrantees(words, verb);
  const option = words.skip('with', 'admin', 'option');
  words.end();
  if (verb === 'REVOKE' && roles.includes('admin') && members.includes('root')) {
    throw new SqlError('55006', 'role/user root cannot be removed from role admin or lose the ADMIN OPTION');
  }
  const sql = `${verb} ${admin ? 'ADMIN OPTION FOR ' : ''}${roles.map(quoteName).join(', ')} ${preposition(verb)} ${members.map(quoteName).join(', ')}${option ? ' WITH ADMIN OPTION' : ''}`;
  return act(verb, () => context.tell(sql));
}

function readNames(words: Words): string[] {
  const names = [words.name()];
  words.skip('privileges');
  while (words.skip(',')) names.push(words.name());
  return names;
}

function readTargets(words: Words): string[][] {
  const targets = [words.path()];
  while (words.skip(',')) targets.push(words.path());
  return targets;
}

function readGrantees(words: Words, verb: string): string[] {
  words.need(verb === 'GRANT' ? 'to' : 'from');
  return readNames(words);
}
