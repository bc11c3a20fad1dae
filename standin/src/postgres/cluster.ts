import { spawn } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT, postgresPackage, UNPRIVILEGED_UID } from './facts.mjs';

const STOP_MS = 3000;

/** A running PostgreSQL of our own. */
export interface Postgres {
  /** Path of its unix socket. */
  socket: string;
  /** Resolves when it has ended, with the reason. */
  ended: Promise<string>;
  stop: () => Promise<void>;
}

/** Where set-up put PostgreSQL and the template of a cluster, from the environment or beside this program. */
function parts(): { postgres: string; data: string | undefined; template: string } {
  const home = join(import.meta.dirname, '..');
  return {
    postgres: process.env['STANDIN_POSTGRES'] ?? join(home, '..', '..', 'node_modules', postgresPackage(), 'native'),
    data: process.env['STANDIN_DATA'],
    template: process.env['STANDIN_TEMPLATE'] ?? join(home, 'template', 'data'),
  };
}

/**
 * Starts PostgreSQL on a data directory that is ready and ours (`STANDIN_DATA`), else on a copy of the template that
 * goes with it.
 */
export function startPostgres(temporary: string | undefined): Postgres {
  const { postgres, data, template } = parts();
  const inPlace =
    data !== undefined && existsSync(join(data, 'PG_VERSION')) && statSync(data).uid === process.getuid?.();
  const place = inPlace ? { data: data, remove: () => undefined } : copyOf(template, temporary ?? tmpdir());
  const owner = process.getuid?.() === 0 ? { uid: UNPRIVILEGED_UID, gid: UNPRIVILEGED_UID } : {};
  const child = spawn(join(postgres, 'bin', 'postgres'), ['-D', place.data, '-k', place.data], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: place.data,
    env: ENVIRONMENT,
    ...owner,
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`exit ${code ?? signal}`));
  });
  return {
    socket: join(place.data, '.s.PGSQL.5432'),
    ended,
    stop: async () => {
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
      await ended;
      clearTimeout(timer);
      place.remove();
    },
  };
}

function copyOf(template: string, parent: string): { data: string; remove: () => void } {
  if (!existsSync(join(template, 'PG_VERSION')))
    throw new Error(`the stand-in has no template of a cluster at ${template}: run its set-up`);
  const directory = mkdtempSync(join(parent, 'standin-'));
  const data = join(directory, 'data');
  cpSync(template, data, { recursive: true, mode: 0 });
  if (process.getuid?.() === 0) giveAway(directory);
  return { data, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

function giveAway(path: string): void {
  chownSync(path, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) giveAway(inner);
    else chownSync(inner, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
  }
}
