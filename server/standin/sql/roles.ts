import type { Context, Plan } from './plan.ts';
import { planQuery } from './query.ts';
import { quoteName, type Statement } from './statement.ts';
import { Words } from './words.ts';

/** CREATE, ALTER and DROP of users and roles (cockroachlabs.com/docs/stable/create-user, alter-user, drop-user). */
export function planRoles(statement: Statement, context: Context): Plan | undefined {
  const words = new Words(statement);
  const verb = words.one('create', 'drop', 'alter');
  const kind = verb && words.one('user', 'role');
  if (!kind) return undefined;
  const lenient = verb === 'create' ? words.skip('if', 'not', 'exists') : words.skip('if', 'exists');
  if (verb === 'create') return create(words, kind, lenient);
  const plan = planQuery(statement, context);
  return { ...plan, tag: verb === 'drop' ? 'DROP ROLE' : 'ALTER ROLE' };
}

function create(words: Words, kind: string, lenient: boolean): Plan {
  const name = words.name();
  words.skip('with');
  const options = words.rest();
  return {
    kind: 'run',
    sql: `CREATE ${kind === 'user' ? 'USER' : 'ROLE'} ${quoteName(name)} ${options}`,
    tag: 'CREATE ROLE',
    ...(lenient && { okIf: { '42710': 'CREATE ROLE' } }),
    problem: (problem) => (problem.code === '42710' ? { code: '42710', message: `a role/user named ${name} already exists` } : problem),
  };
}

