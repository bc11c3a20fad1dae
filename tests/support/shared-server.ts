import { afterAll, beforeAll, inject } from 'vitest';
import type { Mode, SandboxInfo } from '../../shared/protocol.ts';
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

/**
 * The server that the files of a test run share (`start-shared-server.ts`). Returns its address, and a function that
 * makes readers of it, whose sandboxes are removed when the file ends.
 */
export function useServer(): { reader: () => Reader; server: () => { url: string } } {
  const { url, off, log } = inject('sharedServer');
  const readers: Guest[] = [];
  beforeAll(() => refuseWithoutRuns(off, log));
  afterAll(async () => {
    await Promise.all(readers.map((reader) => reader.leave()));
  });
  const reader = (): Reader => {
    const guest = new Guest(url);
    readers.push(guest);
    return guest;
  };
  return { reader, server: () => ({ url }) };
}

/** A server of a test file's own, with these settings. Returns it, and a function that makes readers of it. */
export function useOwnServer(env: Record<string, string>): { reader: () => Reader; server: () => RunningServer } {
  let running: RunningServer | undefined;
  const server = (): RunningServer => {
    if (!running) throw new Error('the server has not started');
    return running;
  };
  beforeAll(async () => {
    running = await startTestServer(env);
    refuseWithoutRuns(running.off, running.log());
  }, START_MS);
  afterAll(async () => {
    await running?.stop();
  }, START_MS);
  return { reader: () => new Reader(server().url), server };
}

function refuseWithoutRuns(off: string | undefined, log: string): void {
  if (off !== undefined && !withoutSandbox) throw new Error(`runs are off: ${off}\n${log}`);
}

/** A reader who can remove all sandboxes that they claimed. */
class Guest extends Reader {
  readonly #claimed = new Set<string>();

  override async claim(mode: Mode, imports?: string[]): Promise<SandboxInfo> {
    const sandbox = await super.claim(mode, imports);
    this.#claimed.add(sandbox.id);
    return sandbox;
  }

  async leave(): Promise<void> {
    await Promise.all([...this.#claimed].map((id) => this.ask('DELETE', `/api/sandboxes/${id}`)));
  }
}
