import type { STATEMENTS } from './constructs.ts';
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
import { notHere } from '../protocol/problem.ts';

type Planner = (statement: Statement, context: Context) => Plan | undefined | Promise<Plan | undefined>;
type Name = keyof typeof STATEMENTS;

/** Each has its line on the page that tells what the stand-in does. */
const PLANNERS: Record<Name, Planner> = {
  queries: planSelect,
  upsert: planUpsert,
  databases: planDatabase,
  roles: planRoles,
  tables: planCreateTable,
  indexes: planIndex,
  otherObjects: planCreateOther,
  alterations: planAlterTable,
  drops: planDrop,
  grants: planGrants,
  transactions: planTransaction,
  savepoints: planSavepoint,
  settings: planSetting,
  show: planShow,
  explain: planExplain,
  prepared: planPrepare,
  comments: planComment,
  copy: planCopy,
};

/**
 * Who answers a statement that begins with that word; the first that gives a plan. None: the stand-in does not have it.
 */
const BEGINNINGS: Record<string, Name[]> = {
  select: ['queries'],
  values: ['queries'],
  table: ['queries'],
  with: ['upsert', 'queries'],
  '(': ['queries'],
  insert: ['queries'],
  update: ['queries'],
  delete: ['queries'],
  truncate: ['queries'],
  upsert: ['upsert'],
  create: ['databases', 'roles', 'tables', 'indexes', 'otherObjects'],
  alter: ['databases', 'roles', 'alterations'],
  drop: ['databases', 'roles', 'indexes', 'drops'],
  grant: ['grants'],
  revoke: ['grants'],
  show: ['show'],
  set: ['settings'],
  reset: ['settings'],
  use: ['settings'],
  discard: ['settings'],
  explain: ['explain'],
  prepare: ['prepared'],
  execute: ['prepared'],
  deallocate: ['prepared'],
  comment: ['comments'],
  savepoint: ['savepoints'],
  copy: ['copy'],
  begin: ['transactions'],
  start: ['transactions'],
  commit: ['transactions'],
  end: ['transactions'],
  rollback: ['transactions'],
  abort: ['transactions'],
  release: ['transactions'],
  reassign: [],
  import: [],
  export: [],
  backup: [],
  restore: [],
  cancel: [],
  pause: [],
  resume: [],
  analyze: [],
  refresh: [],
  reindex: [],
  close: [],
  declare: [],
  fetch: [],
  move: [],
};

const firstWord = (statement: Statement): string =>
  isSign(statement.tokens[0], '(') ? '(' : statement.tokens[0]?.kind === 'word' ? statement.tokens[0].value : '';

/** What is answered in every state of a transaction. Throws SqlError 42601 for a word that begins no statement. */
export function planAlways(statement: Statement, context: Context): (Plan & { kind: 'act' }) | undefined {
  if (!Object.hasOwn(BEGINNINGS, firstWord(statement))) throw syntaxError(statement, statement.tokens[0]!);
  return planTransaction(statement, context);
}

/**
 * How a statement is answered. Throws SqlError for what CockroachDB refuses, and 0A000 for what the stand-in does not
 * have.
 */
export async function planStatement(statement: Statement, context: Context): Promise<Plan> {
  for (const name of BEGINNINGS[firstWord(statement)] ?? []) {
    const plan = await PLANNERS[name](statement, context);
    if (plan) return plan;
  }
  throw notHere(firstWord(statement).toUpperCase());
}
