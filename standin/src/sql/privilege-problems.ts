import type { Problem } from '../protocol/problem.ts';
import type { Context } from './plan.ts';
import type { Statement } from './statement.ts';

const VERBS: Record<string, string> = {
  insert: 'INSERT',
  upsert: 'INSERT',
  update: 'UPDATE',
  delete: 'DELETE',
  truncate: 'DROP',
  drop: 'DROP',
  alter: 'CREATE',
  create: 'CREATE',
  comment: 'CREATE',
  grant: 'GRANT',
  revoke: 'GRANT',
};

/** `permission denied for …` in CockroachDB's words, which name user, privilege and object. */
export function privilegeProblem(
  problem: Problem,
  statement: Statement,
  { user, database }: Pick<Context, 'user' | 'database'>,
): Problem {
  if (problem.code !== '42501') return problem;
  const privilege = VERBS[statement.tokens[0]?.value ?? ''] ?? 'SELECT';
  const [, kind, name] =
    /^(?:permission denied for|must be owner of) (table|view|sequence|relation|schema|database|materialized view|index) (\S+)$/.exec(
      problem.message,
    ) ?? [];
  if (kind === 'schema')
    return {
      code: '42501',
      message: `user ${user} does not have ${privilege} privilege on ${name === 'public' ? `database ${database}` : `schema ${name}`}`,
    };
  if (kind === 'database')
    return { code: '42501', message: `user ${user} does not have ${privilege} privilege on database ${name}` };
  if (kind !== undefined)
    return { code: '42501', message: `user ${user} does not have ${privilege} privilege on relation ${name}` };
  const fn = /^permission denied for function (\S+)$/.exec(problem.message);
  return fn ? { code: '42883', message: `unknown function: ${fn[1]}()` } : problem;
}
