import type { Flag, Given } from '../command-line/flags.ts';

/** A value of a row: null, a number, or a text that is quoted. */
export type Cell = string | number | null;

/** A table that a workload fills. */
export interface WorkloadTable {
  name: string;
  /** What follows the name in CREATE TABLE: columns, keys and indexes in parentheses. */
  schema: string;
  rows: readonly (readonly Cell[])[];
}

/** What `cockroach workload init` makes. */
export interface Workload {
  about: string;
  /** Its own flags; all commands have those of `command/workload.ts` too. */
  flags: Flag[];
  /** Returns the tables. Throws CommandError for numbers that are too small. */
  tables: (given: Given) => WorkloadTable[];
  /** Statements once all rows are there, such as foreign keys. */
  afterwards: readonly string[];
}

/** Returns a flag that takes a whole number. `standard` is for its help; `wholeOf` reads it. */
export function wholeFlag(name: string, standard: number, what: string): Flag {
  return {
    name,
    kind: 'text',
    help: `${what} (default ${standard}).`,
    check: (value) => (/^\d{1,7}$/.test(value) ? undefined : `strconv.ParseInt: parsing "${value}": invalid syntax`),
  };
}

/** Returns the number that was given with a flag of `wholeFlag`, or the standard one. */
export function wholeOf(given: Given, name: string, standard: number): number {
  return Number(given.text(name) ?? standard);
}
