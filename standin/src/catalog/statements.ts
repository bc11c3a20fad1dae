/**
 * The statements of CockroachDB v21.1 by their first words (cockroachlabs.com/docs/v21.1/sql-statements, sql-grammar).
 * In a line, `a b|c` stands for `a b` and `a c`. Those that CockroachDB knows only to refuse them are in the list, too.
 */
const STATEMENTS = `
  alter database|index|partition|range|role|schema|sequence|table|type|user|view
  alter materialized view
  cancel job|jobs|query|queries|session|sessions
  comment on
  create aggregate|cast|changefeed|collation|conversion|database|event|extension|function|group|index|language
  create operator|policy|procedure|publication|role|rule|schedule|schema|sequence|server|statistics|subscription
  create table|tablespace|temp|temporary|transform|trigger|type|unlogged|user|view|access|foreign|text
  create inverted index
  create unique index|inverted
  create materialized view
  create global|local temp|temporary
  create or replace view|function
  drop database|index|owned|role|schedule|schedules|schema|sequence|table|type|user|view
  drop aggregate|cast|collation|conversion|domain|extension|foreign|function|language|operator|publication|rule|server
  drop subscription|text|trigger
  drop materialized view
  experimental changefeed|scrub
  pause|resume job|jobs|schedule|schedules
  reassign owned by
  refresh materialized view
  reindex database|index|schema|system|table
  start transaction
  show all|local|cluster queries|sessions|statements|transactions
  show all cluster queries|sessions|statements|transactions|setting|settings
  show all zone configurations
  show automatic jobs
  show backup|backups|columns|constraint|constraints|create|databases|enums|experimental_fingerprints
  show experimental_ranges|experimental_replica|grants|histogram|index|indexes|job|jobs|keys|partitions|queries|range
  show ranges|regions|roles|schedule|schedules|schemas|sequences|sessions|statements|statistics|syntax|tables|trace
  show transactions|types|users
  show cluster|public setting|settings|cluster
  show compact|kv kv|trace
  show full table scans
  show last query statistics
  show paused|running schedules
  show savepoint status
  show survival goal
  show zone configuration|configurations
`;

/** The statements whose first word says it all, or is followed by anything. */
const FIRST_WORDS = `( abort analyse analyze backup begin close commit copy deallocate declare delete discard end
  execute explain export fetch grant import insert move prepare release reset restore revoke rollback savepoint select
  set show table truncate update upsert use values with`;

/** For each sequence of words that begins a statement: whether a statement may consist of no more of such words. */
const BEGINNINGS = new Map<string, boolean>(FIRST_WORDS.split(/\s+/).map((word) => [word, true]));
for (const line of STATEMENTS.trim().split(/\n\s*/)) note('', line.split(' '));

function note(before: string, [choices, ...rest]: string[]): void {
  for (const choice of choices?.split('|') ?? []) {
    const beginning = before === '' ? choice : `${before} ${choice}`;
    BEGINNINGS.set(beginning, rest.length === 0 || (BEGINNINGS.get(beginning) ?? false));
    if (rest.length) note(beginning, rest);
  }
}

/** The first words of a statement. */
export interface StatementName {
  /** Undefined when CockroachDB has no statement that begins so. */
  name: string | undefined;
  /** How many words begin a statement of CockroachDB's; the next one does not continue it. */
  words: number;
}

/** Returns what CockroachDB calls a statement with these first words, as `ALTER RANGE`, and how many they are. */
export function statementName(words: readonly string[]): StatementName {
  let beginning = '';
  let count = 0;
  let found: StatementName | undefined;
  for (const word of words) {
    const longer = count === 0 ? word : `${beginning} ${word}`;
    const isComplete = BEGINNINGS.get(longer);
    if (isComplete === undefined) break;
    beginning = longer;
    count++;
    if (isComplete) found = { name: beginning.toUpperCase(), words: count };
  }
  return found ?? { name: undefined, words: count };
}
