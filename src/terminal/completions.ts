import type { Table } from '../../shared/protocol.ts';
import { openCall, openStatement, type SqlText } from './sql-text.ts';

/** What the SQL shell completes apart from the names in a cluster: `/sql-words.json`, which the build writes. */
export interface SqlWords {
  /** The beginnings of statements, such as `CREATE TABLE`. */
  statements: string[];
  /** Functions with their arguments. */
  functions: Readonly<Record<string, string>>;
}

/** A completion of what is typed. */
export interface Completion {
  /** The text in the list. */
  label: string;
  kind: 'statement' | 'word' | 'table' | 'column' | 'function';
  /** The text that remains to be typed. */
  rest: string;
}

/** The arguments of the function around the cursor; `at` is the index of the current one. */
export interface Hint {
  name: string;
  arguments: string[];
  at: number;
}

/** The most completions in a list. */
export const MAX_COMPLETIONS = 8;
/** Keywords within statements. */
const WORDS = (
  'AND,AS,ASC,BETWEEN,BY,CASE,CASCADE,CONSTRAINT,CROSS,DEFAULT,DESC,DISTINCT,DO,ELSE,END,EXCEPT,EXISTS,' +
  'FALSE,FOR,FOREIGN KEY,FROM,FULL,GROUP BY,HAVING,IF EXISTS,IF NOT EXISTS,ILIKE,IN,INDEX,INNER,' +
  'INTERSECT,INTO,IS NOT NULL,IS NULL,JOIN,LEFT JOIN,LIKE,LIMIT,NOT,NOTHING,NULL,OFFSET,ON,ON CONFLICT,' +
  'OR,ORDER BY,OVER,PARTITION BY,PRIMARY KEY,REFERENCES,RETURNING,RIGHT JOIN,SET,TABLE,THEN,TRUE,' +
  'UNION,UNION ALL,UNIQUE,UPDATE,USING,VALUES,WHEN,WHERE,WITH'
).split(',');
/** Matches where a table's name comes next. */
const TABLE_NEXT = new RegExp(
  String.raw`\b(?:from|join|into|update|table|truncate|on table|(?:columns|indexes|constraints) from|create table)` +
    String.raw`(?:\s+(?:if\s+(?:not\s+)?exists|only))?\s+(?:[\w".]+\s*,\s*)*$`,
  'i',
);
/** Matches the tables that a statement names. */
const TABLES = /\b(?:from|join|into|update|table)\s+([\w".]+(?:\s*,\s*[\w".]+)*)/gi;

/**
 * Returns the completions of the typed SQL, most likely first, and the arguments of the function around the cursor.
 * Pure.
 */
export function completionsOf(
  { before, database }: SqlText,
  { statements, functions }: SqlWords,
  tables: readonly Table[],
): { completions: Completion[]; hint: Hint | undefined } {
  const statement = openStatement(before);
  if (statement === undefined || statement.startsWith('\\')) return { completions: [], hint: undefined };
  const typed = /[\w.]*$/.exec(statement)![0];
  const earlier = statement.slice(0, statement.length - typed.length);
  const found: Completion[] = [];
  const add = (kind: Completion['kind'], labels: string[], typedSoFar = typed, ending = ''): void => {
    for (const label of labels)
      if (startsWith(label, typedSoFar))
        found.push({ label, kind, rest: inCaseOf(label, typedSoFar, kind).slice(typedSoFar.length) + ending });
  };
  const names = tables.map((table) => (table.database === database ? table.name : `${table.database}.${table.name}`));
  const isTableNext = TABLE_NEXT.test(earlier);
  if (isTableNext) add('table', names);
  if (typed !== '' || isTableNext) {
    if (/^[\w\s]*$/.test(statement)) add('statement', statements, statement.replace(/\s+/g, ' '));
    if (!isTableNext && found.length === 0 && earlier !== '' && typed !== '') {
      add('column', columnsIn(statement, database, tables));
      add('function', Object.keys(functions), typed, '(');
      add('word', WORDS);
      add('table', names);
    }
  }
  return { completions: unique(found).slice(0, MAX_COMPLETIONS), hint: hintOf(statement, functions) };
}

function hintOf(statement: string, functions: SqlWords['functions']): Hint | undefined {
  const call = openCall(statement);
  const written = call && Object.hasOwn(functions, call.name) ? functions[call.name] : undefined;
  if (!call || !written) return undefined;
  const names = written.split(', ');
  // A last argument `…` can be repeated.
  const at = names.at(-1) === '…' ? Math.min(call.argument, names.length - 2) : call.argument;
  return { name: call.name, arguments: names, at };
}

function columnsIn(statement: string, database: string, tables: readonly Table[]): string[] {
  const named = [...statement.matchAll(TABLES)].flatMap(([, list]) =>
    list!.split(',').map((name) => name.trim().replaceAll('"', '').toLowerCase()),
  );
  const meant = tables.filter((table) =>
    named.some((name) =>
      [
        table.name,
        `${table.database}.${table.name}`,
        `${table.database}.public.${table.name}`,
        `public.${table.name}`,
      ].includes(name),
    ),
  );
  // A list of columns can come before its FROM: then it may be any table of the database.
  const all = meant.length > 0 ? meant : tables.filter((table) => table.database === database);
  return [...new Set(all.flatMap(({ columns }) => columns))];
}

/** Returns whether a label starts with the typed text and is longer. */
const startsWith = (label: string, typed: string): boolean =>
  label.length > typed.length && label.toLowerCase().startsWith(typed.toLowerCase());

/** Keywords follow the case in which the reader types; names keep theirs. */
function inCaseOf(label: string, typed: string, kind: Completion['kind']): string {
  return (kind === 'statement' || kind === 'word') && typed !== '' && typed === typed.toLowerCase()
    ? label.toLowerCase()
    : label;
}

function unique(completions: Completion[]): Completion[] {
  return [...new Map(completions.map((each) => [each.label.toLowerCase(), each])).values()];
}
