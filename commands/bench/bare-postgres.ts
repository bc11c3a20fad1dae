import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Setup } from '../../server/setup-file.ts';
import { copyTemplate } from '../../standin/src/postgres/data-directory.ts';
import { ENVIRONMENT, SUPERUSER, UNPRIVILEGED_UID } from '../../standin/src/postgres/facts.mjs';

const READY_MS = 60_000;
const KNOCK_MS = 20;

/** A database without a sandbox: how the program and we connect to it, and what ends it. */
export interface BareDatabase {
  host: string;
  port: number;
  /** Who may create users and databases. */
  user: string;
  stop: () => Promise<void>;
}

/** Starts the stand-in's PostgreSQL without the stand-in, on a copy of its template in `folder`. */
export async function startBarePostgres(folder: string, standin: Setup['standin']): Promise<BareDatabase> {
  if (!standin) throw new Error('there is no stand-in: run `npm run setup`');
  const { path } = copyTemplate(join(standin.template, 'data'), folder);
  const child = spawn(join(standin.postgres, 'bin/postgres'), ['-D', path, '-k', path], {
    cwd: path,
    env: ENVIRONMENT,
    stdio: 'ignore',
    ...(process.getuid?.() === 0 && { uid: UNPRIVILEGED_UID, gid: UNPRIVILEGED_UID }),
  });
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  const address = { host: path, port: 5432, user: SUPERUSER };
  const deadlineMs = performance.now() + READY_MS;
  while (!(await answers(address))) {
    if (child.exitCode !== null || performance.now() > deadlineMs) throw new Error('the bare PostgreSQL did not start');
    await setTimeout(KNOCK_MS);
  }
  return {
    ...address,
    stop: async () => {
      child.kill('SIGQUIT');
      await ended;
    },
  };
}

async function answers(address: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...address, database: 'defaultdb' });
  // It may end the connection in the middle of its own start.
  client.on('error', () => undefined);
  return await client.connect().then(
    async () => {
      await client.end();
      return true;
    },
    () => false,
  );
}
