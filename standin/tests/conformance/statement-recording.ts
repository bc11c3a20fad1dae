import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An error or notice as a client sees it. */
export interface Trouble {
  code: string;
  message: string;
  severity?: string;
  detail?: string;
  hint?: string;
}

/** One statement's answer; values are text, as on the wire. */
export interface StatementAnswer {
  tag: string;
  columns: { name: string; oid: number | 'any' }[];
  rows: (string | null)[][];
  /** Whether only the columns are compared, as for plans, jobs and statistics. */
  anyRows?: boolean;
}

/** What one text sent to the server led to. `status` is that of ReadyForQuery; null when there is no connection. */
export interface Seen {
  answers: StatementAnswer[];
  error: Trouble | null;
  status: string | null;
  /** The types of the parameters, in the extended protocol. */
  params?: number[];
}

export interface Step {
  sql?: string;
  connection?: string;
  protocol?: 'extended';
  params?: (string | null)[];
  paramTypes?: number[];
  /** Whether it waits for a lock; it must have settled before that connection's next step. */
  blocks?: boolean;
  copy?: string;
  connect?: Partial<Login>;
  close?: boolean;
  ordered?: boolean;
  /** Whether v21.1 refused what newer versions answer. */
  newer?: boolean;
  expect?: Seen;
}

export interface Login {
  user: string;
  database: string;
}

/** Statements that are played in a fresh database, as they were on CockroachDB v21.1. */
export interface Session {
  session: string;
  mode: 'both' | 'secure' | 'insecure';
  user?: string;
  database: string;
  databases?: string[];
  setup?: string[];
  cleanup?: string[];
  connections?: Record<string, Partial<Login>>;
  steps: Step[];
}

/** Returns every recorded session, in the order of the file names. */
export function readSessions(): Session[] {
  const directory = join(import.meta.dirname, 'statements');
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as Session);
}
