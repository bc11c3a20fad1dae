import { notHere, SqlError } from '../protocol/problem.ts';
import type { Context, Plan } from './plan.ts';
import { privilegeProblem } from './privilege-problems.ts';
import { planQuery } from './query.ts';
import { resolveRelation } from './relation.ts';
import { isWord, type Statement } from './statement.ts';
import { Words } from './words.ts';

const UNIMPLEMENTED = [
  'trigger',
  'rule',
  'server',
  'tablespace',
  'language',
  'aggregate',
  'operator',
  'publication',
  'subscription',
  'foreign',
  'cast',
  'collation',
  'conversion',
  'policy',
  'procedure',
  'text',
  'access',
  'transform',
  'event',
  'group',
];

/**
 * CREATE VIEW, SEQUENCE, SCHEMA, TYPE (cockroachlabs.com/docs/stable/create-view and its neighbours); the rest is
 * refused.
 */
export function planCreateOther(statement: Statement, context: Context): Plan {
  const words = new Words(statement);
  words.need('create');
  const replace = words.skip('or', 'replace');
  const kind = words.token.value;
  if (words.skip('view')) return { ...planQuery(statement, context), tag: 'CREATE VIEW' };
  if (words.skip('materialized', 'view')) return { ...planQuery(statement, context), tag: 'CREATE VIEW' };
  if (!replace && words.one('sequence', 'schema'))
    return { ...planQuery(statement, context), tag: `CREATE ${kind.toUpperCase()}` };
  if (words.skip('type')) {
    if (!statement.tokens.some((token) => isWord(token, 'enum'))) throw notHere('CREATE TYPE of anything but an ENUM');
    return { ...planQuery(statement, context), tag: 'CREATE TYPE' };
  }
  if (words.skip('extension')) {
    words.skip('if', 'not', 'exists');
    throw new SqlError('0A000', `unimplemented: extension "${words.name()}" is not yet supported`);
  }
  if (UNIMPLEMENTED.includes(kind))
    throw new SqlError(
      '0A000',
      `at or near "${words.peek(1)?.value || 'EOF'}": syntax error: unimplemented: this syntax`,
      { hint: 'You have attempted to use a feature that is not yet implemented.' },
    );
  throw notHere(`CREATE ${kind.toUpperCase()}`);
}

/** DROP TABLE, VIEW, SEQUENCE, SCHEMA, TYPE (cockroachlabs.com/docs/stable/drop-table and its neighbours). */
export async function planDrop(statement: Statement, context: Context): Promise<Plan> {
  const words = new Words(statement);
  words.need('drop');
  if (words.skip('owned')) throw new SqlError('0A000', 'unimplemented: drop owned by is not yet implemented');
  words.skip('materialized');
  const kind = words.one('table', 'view', 'sequence', 'schema', 'type');
  if (!kind) throw words.wrong();
  const lenient = words.skip('if', 'exists');
  const paths = [words.path()];
  while (words.skip(',')) paths.push(words.path());
  if (kind !== 'schema' && kind !== 'type' && !lenient) for (const path of paths) await resolveRelation(context, path);
  if (kind === 'table') for (const path of paths) context.session.transaction.noteDropped(path.at(-1)!);
  return {
    ...planQuery(statement, context),
    tag: `DROP ${kind.toUpperCase()}`,
    problem: (problem) => privilegeProblem(problem, statement, context),
  };
}
