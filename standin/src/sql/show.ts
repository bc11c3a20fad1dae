import { notHere } from '../protocol/problem.ts';
import type { Context, Plan } from './plan.ts';
import type { SHOWN } from './constructs.ts';
import { showClusterSetting } from './cluster-settings.ts';
import { showVariable } from './session-settings.ts';
import { SHOW_DATABASE_OBJECTS } from './show-objects.ts';
import { SHOW_GRANTS_AND_ROLES } from './show-grants.ts';
import { SHOW_TABLE_PARTS } from './show-table.ts';
import { isWord, type Statement } from './statement.ts';
import { Words } from './words.ts';

/** Reads the words after SHOW; gives nothing, and may have stepped on, when it is another SHOW. */
export type Show = (words: Words, context: Context) => Plan | undefined | Promise<Plan | undefined>;

/** By what they show. */
export type Shows = Record<keyof typeof SHOWN, Show>;

/** CockroachDB shows these, and the stand-in has nothing to show for them. */
const ABSENT = [
  'jobs',
  'sessions',
  'queries',
  'statements',
  'transactions',
  'zone',
  'ranges',
  'range',
  'trace',
  'last',
  'syntax',
  'savepoint',
  'survival',
  'backup',
  'backups',
  'histogram',
  'automatic',
  'full',
  'partitions',
  'fingerprints',
  'schedules',
  'schedule',
  'default',
  'cluster',
  'local',
  'experimental_ranges',
  'functions',
  'super',
];

const absent: Show = (words) => {
  if (!isWord(words.token, ...ABSENT) && !(isWord(words.token, 'create') && isWord(words.peek(1), 'all')))
    return undefined;
  throw notHere(`SHOW ${words.token.value.toUpperCase()}`);
};

/**
 * In the order in which they are tried: what nobody else knows may be a variable. Each has its line on the page that
 * tells what the stand-in does.
 */
const SHOWS: Shows = {
  clusterSetting: showClusterSetting,
  ...SHOW_TABLE_PARTS,
  ...SHOW_DATABASE_OBJECTS,
  ...SHOW_GRANTS_AND_ROLES,
  variable: (words, context) => absent(words, context) ?? showVariable(words, context),
};

/** SHOW … (cockroachlabs.com/docs/stable/sql-statements: everything that begins with SHOW). */
export async function planShow(statement: Statement, context: Context): Promise<Plan> {
  const words = new Words(statement);
  words.need('show');
  if (words.ended) throw words.wrong();
  const start = words.at;
  for (const show of Object.values(SHOWS)) {
    words.at = start;
    const plan = await show(words, context);
    if (plan) return plan;
  }
  words.at = start;
  throw notHere(`SHOW ${words.rest().toUpperCase().slice(0, 60)}`);
}
