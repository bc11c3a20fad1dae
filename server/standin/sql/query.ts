import { Edits } from './edits.ts';
import type { Context, RunPlan } from './plan.ts';
import { rewriteLiterals } from './literals.ts';
import { rewriteNames } from './names.ts';
import type { Statement } from './statement.ts';
import { rewriteTypes } from './types.ts';

/** A statement that PostgreSQL understands once types, literals and names are written its way. */
export function planQuery(statement: Statement, context: Context): RunPlan {
  const edits = rewriteCommon(statement, context);
  return { kind: 'run', sql: edits.apply(), original: (position) => edits.original(position) };
}

/** The changes that every statement needs. */
export function rewriteCommon(statement: Statement, context: Context): Edits {
  const edits = new Edits(statement.source);
  rewriteLiterals(statement, edits);
  rewriteTypes(statement, edits);
  rewriteNames(statement, edits, context.database);
  return edits;
}
