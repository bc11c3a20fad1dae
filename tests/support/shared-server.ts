import { afterAll, beforeAll } from 'vitest';
import { Reader } from '../../commands/client/reader.ts';
import { startServer, type RunningServer } from '../../commands/client/server.ts';

const START_MS = 120_000;

/** Whether the test command was told or found that this machine has no sandboxes; it prints the reason. */
export const withoutSandbox = process.env['BANKRUN_WITHOUT_SANDBOX'] === '1';

/**
 * Starts a server with a name of its own: several files run at once, and servers with the same name would remove each
 * other's sandboxes. Throws an Error with the server's output when it does not start.
 */
export function startTestServer(env: Record<string, string> = {}): Promise<RunningServer> {
  return startServer({ ...env, INSTANCE: `${env['INSTANCE'] ?? 'test'}-${process.env['VITEST_POOL_ID']}` });
}

/** Starts one server for a test file, with runs on. Returns functions that make readers and return the server. */
export function useServer(env: Record<string, string> = {}): { reader: () => Reader; server: () => RunningServer } {
  let running: RunningServer | undefined;
  const server = (): RunningServer => {
    if (!running) throw new Error('the server has not started');
    return running;
  };
  beforeAll(async () => {
    running = await startTestServer(env);
    if (running.off !== undefined && !withoutSandbox) throw new Error(`runs are off: ${running.off}\n${running.log()}`);
  }, START_MS);
  afterAll(async () => {
    await running?.stop();
  }, START_MS);
  return { reader: () => new Reader(server().url), server };
}
