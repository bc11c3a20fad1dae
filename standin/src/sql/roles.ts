import { notHere, SqlError, type Problem } from '../protocol/problem.ts';
import type { ActPlan, Context } from './plan.ts';
import { isWord, quoteName, quoteText, type Statement } from './statement.ts';
import { Words } from './words.ts';

const OPTIONS = ['login', 'nologin', 'createdb', 'nocreatedb', 'createrole', 'nocreaterole'];

/** CREATE, ALTER and DROP of users and roles (cockroachlabs.com/docs/stable/create-user, alter-user, drop-user). */
export function planRoles(statement: Statement, context: Context): ActPlan | undefined {
  const words = new Words(statement);
  const verb = words.one('create', 'drop', 'alter');
  const kind = verb && words.one('user', 'role');
  if (!kind) return undefined;
  const lenient = verb === 'create' ? words.skip('if', 'not', 'exists') : words.skip('if', 'exists');
  const name = words.name();
  if (verb === 'drop') return dropRoles(words, name, lenient, context);
  words.skip('with');
  const options = readOptions(words, context, name);
  const sql = `${verb} ${kind} ${quoteName(name)} ${options.join(' ')}`;
  return act(
    verb === 'create' ? 'CREATE ROLE' : 'ALTER ROLE',
    context,
    name,
    lenient && { '42710': true, '42704': true },
    options.length || verb === 'create' ? sql : undefined,
  );
}

function readOptions(words: Words, { session }: Context, user: string): string[] {
  const options: string[] = [];
  while (!words.ended) {
    const option = words.one(...OPTIONS);
    if (option) options.push(option.toUpperCase());
    else if (words.skip('password')) {
      const value = words.token;
      words.at++;
      if (isWord(value, 'null')) continue;
      if (!session.secure)
        throw new SqlError('28P01', 'setting or updating a password is not supported in insecure mode');
      if (value.value === "''") throw new SqlError('XXUUU', 'empty passwords are not permitted');
      throw notHere(`passwords: ${user} can log in with a certificate`);
    } else if (isWord(words.token, 'set', 'reset', 'valid', 'replication'))
      throw notHere(`a role's ${words.token.value.toUpperCase()}`);
    else throw words.wrong();
  }
  return options;
}

function dropRoles(words: Words, first: string, lenient: boolean, context: Context): ActPlan {
  const names = [first];
  while (words.skip(',')) names.push(words.name());
  words.end();
  return {
    kind: 'act',
    act: async () => {
      for (const name of names) {
        if (name === 'root' || name === 'admin')
          throw new SqlError('2BP01', `cannot drop role/user ${name}: grants still exist`);
        const [found] = await context.ask(`SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ${quoteText(name)}`);
        if (found) await run(`DROP ROLE ${quoteName(name)}`, context, (problem) => stillUsed(problem, name));
        else if (!lenient) throw new SqlError('XXUUU', `role/user ${name} does not exist`);
      }
      return { tag: 'DROP ROLE' };
    },
  };
}

function stillUsed(problem: Problem, name: string): Problem {
  if (problem.code !== '2BP01') return problem;
  const objects = (problem.detail ?? '')
    .split('\n')
    .map((line) => /(?:privileges for|owner of) (?:\w+ )?(\S+)$/.exec(line)?.[1])
    .filter((each) => each !== undefined);
  return {
    code: '2BP01',
    message: `cannot drop role/user ${name}: grants still exist on ${objects.join(', ') || 'objects of this cluster'}`,
  };
}

function act(
  tag: string,
  context: Context,
  name: string,
  fine: false | Record<string, boolean>,
  sql: string | undefined,
): ActPlan {
  return {
    kind: 'act',
    act: async () => {
      const [found] = fine
        ? await context.ask(`SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ${quoteText(name)}`)
        : [];
      if (!(found && tag === 'CREATE ROLE') && sql !== undefined)
        await run(sql, context, (problem) =>
          problem.code === '42710' ? { code: '42710', message: `a role/user named ${name} already exists` } : problem,
        );
      return { tag };
    },
  };
}

/** As the user itself, or as root for a member of admin, whom PostgreSQL does not give root's attributes. */
async function run(sql: string, context: Context, told: (problem: Problem) => Problem): Promise<void> {
  try {
    const [[admin] = []] = await context.ask("SELECT pg_catalog.pg_has_role('admin', 'MEMBER')");
    if (admin === 't' && context.user !== 'root') await context.asRoot(sql);
    else await context.tell(sql);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const problem = told(error.problem);
    if (problem.code === '42501')
      throw new SqlError('42501', `user ${context.user} does not have CREATEROLE privilege`);
    throw new SqlError(problem.code, problem.message, problem);
  }
}
