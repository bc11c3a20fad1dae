import { notHere, type Problem } from '../protocol/problem.ts';
import { rewriteCatalogs } from './catalogs.ts';
import { checkQuery } from './checks.ts';
import type { REWRITTEN } from './constructs.ts';
import { Edits } from './edits.ts';
import { rewriteFunctions } from './functions.ts';
import { dropIndexHints } from './hints.ts';
import { rewriteLimitedChange } from './limited-changes.ts';
import { rewriteOrder } from './order-by.ts';
import { privilegeProblem } from './privilege-problems.ts';
import { expandRowSources } from './row-sources.ts';
import type { Context, RunPlan } from './plan.ts';
import { rewriteLiterals } from './literals.ts';
import { rewriteNames } from './names.ts';
import { isWord, type Statement } from './statement.ts';
import { rewriteTypes } from './types.ts';

/**
 * SELECT, INSERT, UPDATE, DELETE and their like (cockroachlabs.com/docs/stable/selection-queries, insert, update,
 * delete).
 */
export async function planSelect(statement: Statement, context: Context): Promise<RunPlan> {
  checkQuery(statement, context);
  const expanded = await expandRowSources(statement, context);
  const plan = planQuery(expanded, context);
  const tag = isWord(statement.tokens[0], 'truncate') ? { tag: 'TRUNCATE' } : {};
  return {
    ...plan,
    ...tag,
    ...(expanded !== statement && { original: undefined }),
    problem: (problem) => hiddenColumn(privilegeProblem(problem, statement, context)),
  };
}

/** Tables without a primary key have a hidden `rowid` in CockroachDB; PostgreSQL hides no columns. */
function hiddenColumn(problem: Problem): Problem {
  return problem.code === '42703' && /"(\w+\.)?rowid"/.test(problem.message)
    ? notHere('the hidden column rowid').problem
    : problem;
}

/** A statement that PostgreSQL understands once types, literals and names are written its way. */
export function planQuery(statement: Statement, context: Context): RunPlan {
  const edits = rewriteCommon(statement, context);
  return { kind: 'run', sql: edits.apply(), original: (position) => edits.original(position) };
}

/** Each has its line on the page that tells what the stand-in does. */
const REWRITINGS: Record<keyof typeof REWRITTEN, (statement: Statement, edits: Edits, context: Context) => void> = {
  literals: rewriteLiterals,
  types: (statement, edits, { session }) =>
    rewriteTypes(statement, edits, session.variables.get('default_int_size') === '4' ? 'int4' : 'int8'),
  names: (statement, edits, { database }) => rewriteNames(statement, edits, database),
  catalogs: (statement, edits) => {
    if (!statement.translated) rewriteCatalogs(statement, edits);
  },
  functions: rewriteFunctions,
  order: rewriteOrder,
  hints: dropIndexHints,
  limitedChanges: rewriteLimitedChange,
};

/** The changes that every statement needs. */
export function rewriteCommon(statement: Statement, context: Context): Edits {
  const edits = new Edits(statement.source);
  for (const rewrite of Object.values(REWRITINGS)) rewrite(statement, edits, context);
  return edits;
}
