import { planCreateTable } from './create-table.ts';
import { planDatabase } from './databases.ts';
import { planGrants } from './grants.ts';
import type { Context, Plan } from './plan.ts';
import { planComment, planCopy, planExplain, planPrepare } from './small-statements.ts';
import { planCreateOther, planDrop } from './objects.ts';
import { planAlterTable } from './alter-table.ts';
import { planIndex } from './indexes.ts';
import { planSelect } from './query.ts';
import { planRoles } from './roles.ts';
import { planSetting } from './session-settings.ts';
import { planShow } from './show.ts';
import { isSign, type Statement } from './statement.ts';
import { planTransaction } from './transactions.ts';
import { planSavepoint } from './savepoints.ts';
import { planUpsert } from './upsert.ts';
import { syntaxError } from './words.ts';
import { notHere } from '../problem.ts';

type Planner = (statement: Statement, context: Context) => Plan | undefined | Promise<Plan | undefined>;

/** Who answers a statement that begins with that word; the first that gives a plan. None: the stand-in does not have it. */
const PLANNERS: Record<string, Planner[]> = {
  select: [planSelect],
  values: [planSelect],
  table: [planSelect],
  with: [planUpsert, planSelect],
  '(': [planSelect],
  insert: [planSelect],
  update: [planSelect],
  delete: [planSelect],
  truncate: [planSelect],
  upsert: [planUpsert],
  create: [planDatabase, planRoles, planCreateTable, planIndex, planCreateOther],
  alter: [planDatabase, planRoles, planAlterTable],
  drop: [planDatabase, planRoles, planIndex, planDrop],
  grant: [planGrants],
  revoke: [planGrants],
  show: [planShow],
  set: [planSetting],
  reset: [planSetting],
  use: [planSetting],
  discard: [planSetting],
  explain: [planExplain],
  prepare: [planPrepare],
  execute: [planPrepare],
  deallocate: [planPrepare],
  comment: [planComment],
  savepoint: [planSavepoint],
  copy: [planCopy],
  begin: [], start: [], commit: [], end: [], rollback: [], abort: [], release: [],
  reassign: [], import: [], export: [], backup: [], restore: [], cancel: [], pause: [], resume: [], analyze: [], refresh: [], reindex: [], close: [], declare: [], fetch: [], move: [],
};

const firstWord = (statement: Statement): string => (isSign(statement.tokens[0], '(') ? '(' : statement.tokens[0]?.kind === 'word' ? statement.tokens[0].value : '');

/** What is answered in every state of a transaction. Throws SqlError 42601 for a word that begins no statement. */
export function planAlways(statement: Statement, context: Context): (Plan & { kind: 'act' }) | undefined {
  if (!Object.hasOwn(PLANNERS, firstWord(statement))) throw syntaxError(statement.source, statement.tokens[0]!);
  return planTransaction(statement, context);
}

/** How a statement is answered. Throws SqlError for what CockroachDB refuses, and 0A000 for what the stand-in does not have. */
export async function planStatement(statement: Statement, context: Context): Promise<Plan> {
  for (const planner of PLANNERS[firstWord(statement)] ?? []) {
    const plan = await planner(statement, context);
    if (plan) return plan;
  }
  throw notHere(firstWord(statement).toUpperCase());
}
