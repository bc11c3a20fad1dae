import { copyFileSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { giveToUnprivilegedUser } from './data-directory.ts';

/**
 * The folders to which PostgreSQL writes in commits and checkpoints. When such a write fails, PostgreSQL ends; when one
 * to a table does, only the statement ends (`PANIC` in src/backend/access/transam and replication/logical/origin.c).
 */
const VITAL = ['pg_wal', 'pg_xact', 'pg_subtrans', 'pg_multixact', 'pg_serial', 'pg_logical'];

/**
 * Moves the journal of a stopped PostgreSQL from its data directory into `folder`, which should be on another file
 * system: then tables that fill theirs cannot end the cluster. Does nothing when the journal has been moved before.
 */
export function moveJournal(data: string, folder: string): void {
  for (const name of VITAL) {
    const from = join(data, name);
    if (lstatSync(from).isSymbolicLink()) continue;
    const to = join(folder, name);
    rmSync(to, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    copyFolder(from, to);
    rmSync(from, { recursive: true });
    symlinkSync(to, from);
  }
  if (process.getuid?.() === 0) giveToUnprivilegedUser(folder);
}

/** Copies a folder. `cpSync` would load a module of Node's first, which takes longer than the copy. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const copy = entry.isDirectory() ? copyFolder : copyFileSync;
    copy(join(from, entry.name), join(to, entry.name));
  }
}
