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

/** One recorded command line, and what is made ready for it. */
export interface Case {
  argv: string[];
  stdin?: string;
  env?: Record<string, string>;
  files?: Record<string, string>;
  chmod?: Record<string, string>;
  /** Ends the command by a signal once its output has this text. */
  stop?: { when: string; signal?: NodeJS.Signals };
  /** On a terminal: what is typed, each when the text before it has come. */
  type?: { after: string; send: string }[];
  /** File with the id of a process that the command left in the background. */
  endPidFile?: string;
  expect: Outcome;
}

/** Command lines that are played one after the other in one fresh directory. */
export interface Group {
  group: string;
  why: string;
  server?: ('insecure' | 'secure-certs')[];
  setup?: string[][];
  cases: Case[];
}

/** What CockroachDB v21.1 (development version of March 2021) was seen to do: nothing in it was written by hand. */
export function readGroups(): Group[] {
  return readdirSync(DIRECTORY)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(DIRECTORY, name), 'utf8')) as Group);
}
