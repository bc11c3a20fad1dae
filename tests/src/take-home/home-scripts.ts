import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { JournalEntry } from '../../../src/runner/cluster/journal.ts';
import { writeScript } from '../../../src/take-home/home-script.ts';

/** Returns the script of "Take it home" for these entries. */
export const scriptOf = (entries: JournalEntry[], mode: 'secure' | 'insecure' = 'insecure', title = 'A page'): string =>
  writeScript(
    { sandbox: 'box', sinceMs: Date.UTC(2026, 10, 26, 21, 40), entries, forgotten: 0 },
    { title, address: 'http://site/a.html?filters=insecure', mode, headingOf: () => undefined },
  );

/** Returns the script's lines that do something. */
export const body = (entries: JournalEntry[], mode?: 'secure' | 'insecure'): string =>
  /exec < \/dev\/null\n\n?([^]*)\n\)\n$/.exec(scriptOf(entries, mode))![1]!;

/** A folder of a test file's own in which scripts run. */
export interface ScriptFolder {
  /** Returns its path. */
  folder: () => string;
  /** Returns what the script of these entries prints when bash runs it there. */
  run: (entries: JournalEntry[]) => string;
}

/** Makes that folder, with a program in place of the SQL shell that prints its arguments and its input. */
export function useScriptFolder(): ScriptFolder {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'take-home-'));
    writeFileSync(join(folder, 'cockroach'), '#!/bin/bash\necho "cockroach $*"\ncat\n', { mode: 0o755 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (entries: JournalEntry[]): string => {
    writeFileSync(join(folder, 'home.sh'), scriptOf(entries));
    return execFileSync('bash', ['home.sh'], {
      cwd: folder,
      env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).toString();
  };
  return { folder: () => folder, run };
}
