import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyTemplate, isUsable, type DataDirectory } from './data-directory.ts';
import { moveJournal } from './journal.ts';
import { ENVIRONMENT, postgresPackage, UNPRIVILEGED_UID } from './facts.mjs';

/** How long PostgreSQL may take to end its clients' statements before it is stopped at once. */
const STOP_MS = 3000;

/**
 * Each session of PostgreSQL may use as much memory as the server's `--max-sql-memory` allows CockroachDB's. A
 * statement that needs more then fails; without the limit the kernel would end the session, and PostgreSQL all others.
 */
const SESSION_KIB = 64 << 10;
const LIMITED = `ulimit -d ${SESSION_KIB}; exec "$0" "$@"`;

/** The PostgreSQL that this program started. */
interface Postgres {
  /** Path of its unix socket. */
  socket: string;
  /** Whether the disk of its data is small, as in a sandbox. */
  limited: boolean;
  /** Resolves with the reason when PostgreSQL has ended. */
  ended: Promise<string>;
  /** Stops PostgreSQL and removes its data directory, unless that existed before. */
  stop: () => Promise<void>;
}

/**
 * Returns where set-up put PostgreSQL and the template of a cluster: where the environment says, or next to this
 * program.
 */
function installed(): { programs: string; template: string } {
  const home = join(import.meta.dirname, '..');
  const postgres =
    process.env['STANDIN_POSTGRES'] ?? join(home, '..', '..', 'node_modules', postgresPackage(), 'native');
  return {
    programs: join(postgres, 'bin'),
    template: process.env['STANDIN_TEMPLATE'] ?? join(home, 'template', 'data'),
  };
}

/**
 * Starts PostgreSQL on the data directory that `STANDIN_DATA` names, when it is ready and belongs to this user, and
 * otherwise on a copy of the template in `temporary`. Its journal goes to the folder of `STANDIN_JOURNAL`, if any.
 * Throws Error when there is no template.
 */
export function startPostgres(temporary: string | undefined): Postgres {
  const { programs, template } = installed();
  const given = process.env['STANDIN_DATA'];
  const directory: DataDirectory =
    given !== undefined && isUsable(given)
      ? { path: given, remove: () => undefined }
      : copyTemplate(template, temporary ?? tmpdir());
  const journal = process.env['STANDIN_JOURNAL'];
  if (journal !== undefined) moveJournal(directory.path, journal);
  const isRoot = process.getuid?.() === 0;
  const program = [join(programs, 'postgres'), '-D', directory.path, '-k', directory.path];
  const [command = '', ...args] = journal === undefined ? program : ['/bin/sh', '-c', LIMITED, ...program];
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: directory.path,
    env: ENVIRONMENT,
    ...(isRoot && { uid: UNPRIVILEGED_UID, gid: UNPRIVILEGED_UID }),
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`exit ${code ?? signal}`));
  });
  return {
    socket: join(directory.path, '.s.PGSQL.5432'),
    limited: journal !== undefined,
    ended,
    stop: async () => {
      // SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one.
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
      await ended;
      clearTimeout(timer);
      directory.remove();
    },
  };
}
