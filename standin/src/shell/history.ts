import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many lines are kept. */
export const HISTORY_LINES = 1000;
const FILE = '.cockroachsql_history';
/**
 * CockroachDB's shell writes the file as libedit does: this line first, then one line for each entry, with white space
 * and backslashes as octal escapes.
 */
const HEAD = '_HiStOrY_V2_\n';
const MAX_BYTES = 1 << 20;

/** The lines that were entered in this shell and in earlier ones with the same home directory. */
export class History {
  /** The newest first. */
  lines: string[];
  #file: string | undefined;
  #isNew = true;

  constructor(home: string | undefined) {
    this.#file = home ? join(home, FILE) : undefined;
    this.lines = this.#read();
  }

  /** Keeps the lines that were entered last. When their statement can be written in `oneLine`, keeps that instead. */
  keep(entered: readonly string[], oneLine: string | undefined): void {
    if (oneLine !== undefined && entered.length > 1) {
      for (const line of entered.toReversed()) if (this.lines[0] === line) this.lines.shift();
      this.lines.unshift(oneLine);
    }
    const lines = (oneLine === undefined ? entered : [oneLine]).filter((line) => line.trim() !== '');
    if (!this.#file || lines.length === 0) return;
    try {
      if (this.#isNew) writeFileSync(this.#file, HEAD + this.lines.toReversed().map(encoded).join(''), { mode: 0o600 });
      else appendFileSync(this.#file, lines.map(encoded).join(''));
      this.#isNew = false;
    } catch {
      // The home directory is full or missing: only this shell keeps the history.
    }
  }

  #read(): string[] {
    if (!this.#file || !existsSync(this.#file)) return [];
    try {
      const text = readFileSync(this.#file, 'utf8');
      if (!text.startsWith(HEAD)) throw new Error('written by another program');
      this.#isNew = text.length > MAX_BYTES;
      return text.slice(HEAD.length).split('\n').filter(Boolean).slice(-HISTORY_LINES).map(decoded).reverse();
    } catch {
      // A file that cannot be read, or that another program wrote, is left as it is.
      this.#file = undefined;
      return [];
    }
  }
}

function encoded(line: string): string {
  return `${line.replace(/[\s\\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)}\n`;
}

function decoded(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}
