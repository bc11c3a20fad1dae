import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DIRECTORY = join(import.meta.dirname, 'shell');

/** A file that a command made: a certificate with its fields, a key with its first line. */
export interface MadeFile {
  path: string;
  mode: string;
  certificate?: Record<string, unknown>;
  begins?: string;
}

/** What a command line did. Texts of a recording may hold captures. */
export interface Outcome {
  exit: number | string | null;
  stdout: string;
  stderr: string;
  files?: MadeFile[];
}

/** One recorded command line, and what is prepared for it. */
export interface Case {
  argv: string[];
  stdin?: string;
  env?: Record<string, string>;
  files?: Record<string, string>;
  chmod?: Record<string, string>;
  /** Ends the command with a signal once its output contains this text. */
  stop?: { when: string; signal?: NodeJS.Signals };
  /** On a terminal: what is typed, each text after the given output has appeared. */
  type?: { after: string; send: string }[];
  /** A file with the id of a process that the command leaves in the background. */
  endPidFile?: string;
  expect: Outcome;
}

/** Command lines that are run one after the other in one fresh directory. */
export interface Group {
  group: string;
  why: string;
  server?: ('insecure' | 'secure-certs')[];
  setup?: string[][];
  cases: Case[];
}

/**
 * Returns what CockroachDB v21.1 (development version of March 2021) was recorded to do: nothing in it was written by
 * hand.
 */
export function readGroups(): Group[] {
  return readdirSync(DIRECTORY)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(DIRECTORY, name), 'utf8')) as Group);
}
