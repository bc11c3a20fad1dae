import { join } from 'node:path';
import type { Config } from '../../server/config.ts';
import { runInTerminal } from '../../server/process/run-in-terminal.ts';
import { findCluster } from './running-cluster.ts';

/** Opens the engine's SQL shell on the author's running cluster. Returns the shell's exit code. */
export async function openSqlShell({ stateDir, setup }: Config, args: string[]): Promise<number> {
  const cluster = await findCluster(stateDir);
  if (!cluster) throw new Error('No cluster is running: start one with `npm run cluster` in another terminal.');
  const command = setup.engine?.path ?? (setup.standin ? join(setup.standin.directory, 'bin', 'cockroach') : undefined);
  if (command === undefined) throw new Error('No database engine is installed: run `npm run setup`.');
  const security = cluster.certs ? `--certs-dir=${cluster.certs}` : '--insecure';
  return await runInTerminal(command, ['sql', security, `--host=localhost:${cluster.port}`, ...args]);
}
