import { startServer, type RunningServer } from '../../commands/client/server.ts';
import type { Machine } from './balancer.ts';

/** Readers of tests all have the address of this machine, which may be busy with many of them. */
const LIMITS = { SANDBOXES_PER_ADDRESS: '1000', WARM_PER_MODE: '0', STEP_SECONDS: '600' };

/** A server behind a balancer. */
export interface StartedMachine extends Machine {
  server: RunningServer;
}

/**
 * Starts a server for a balancer, under that name. Servers with the same `instance` follow each other, and a later one
 * removes what an earlier one has left.
 */
export async function startMachine(
  name: string,
  env: Record<string, string> = {},
  instance = name,
): Promise<StartedMachine> {
  const server = await startServer({
    ...LIMITS,
    TRUST_PROXY: '1',
    CHECK_ADDRESS: '127.0.0.1:0',
    ...env,
    INSTANCE: `m-${instance}-${process.env['VITEST_POOL_ID'] ?? ''}`,
  });
  return { name, at: new URL(server.url).host, check: server.check ?? '', server };
}
