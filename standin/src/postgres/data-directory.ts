import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UNPRIVILEGED_UID } from './facts.mjs';

/** A data directory of PostgreSQL. */
export interface DataDirectory {
  path: string;
  /** Removes the directory if this program made it. */
  remove: () => void;
}

/** Whether PostgreSQL can run on this directory: it must belong to the user that PostgreSQL runs as. */
export function isUsable(path: string): boolean {
  return isDataDirectory(path) && statSync(path).uid === process.getuid?.();
}

/** Copies the template of a cluster into a new folder in `parent`. Throws Error when there is no template. */
export function copyTemplate(template: string, parent: string): DataDirectory {
  if (!isDataDirectory(template))
    throw new Error(`the stand-in has no template of a cluster at ${template}: run its set-up`);
  const folder = mkdtempSync(join(parent, 'standin-'));
  const path = join(folder, 'data');
  cpSync(template, path, { recursive: true });
  if (process.getuid?.() === 0) giveToUnprivilegedUser(folder);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function isDataDirectory(path: string): boolean {
  return existsSync(join(path, 'PG_VERSION'));
}

/** PostgreSQL refuses to run as root, so root runs it as another user. */
export function giveToUnprivilegedUser(path: string): void {
  chownSync(path, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) giveToUnprivilegedUser(inner);
    else chownSync(inner, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
  }
}
