import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunEvent } from '../../../shared/protocol.ts';
import { endOf, Reader } from '../../../commands/client/reader.ts';
import type { RunningServer } from '../../../commands/client/server.ts';
import { openTerminal } from '../../../commands/client/terminal-client.ts';
import { Traces } from '../../support/leftovers.ts';
import { startTestServer, withoutSandbox } from '../../support/shared-server.ts';
import { shell, sql } from '../http/steps.ts';
import { Chance } from './random.ts';

const INSTANCE = `killed-server-${process.env['VITEST_POOL_ID']}`;
/** How often the server is killed, with five readers who do something else each. */
const KILLS = Number(process.env['KILLS'] ?? 4);
const SOON_MS = 700;
const COUNTING = 'python -u -c "import time\nfor n in range(9999): print(n); time.sleep(0.01)"';

/** Returns the events of a run until its connection breaks, as any that outlives its server does. */
async function untilBroken(me: Reader, id: string, steps: Parameters<Reader['run']>[1]): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  await expect(me.run(id, steps, (event) => events.push(event))).rejects.toThrow();
  return events;
}

/** What readers do while the server is killed. Each knows that its connection broke, and of no end of a run. */
const DOINGS: ((me: Reader) => Promise<unknown>)[] = [
  async (me) => {
    const { id } = await me.claim('insecure');
    return await untilBroken(me, id, [shell('count', COUNTING)]);
  },
  async (me) => {
    const { id } = await me.claim('secure');
    return await untilBroken(me, id, [sql('sleep', 'SELECT pg_sleep(1000)')]);
  },
  async (me) => {
    const { id } = await me.claim('insecure');
    const terminal = await openTerminal(me.webSocket(`/api/sandboxes/${id}/terminals/1`), { command: COUNTING });
    expect((await terminal.closed).code).toBe(1006);
  },
  async (me) => {
    const { id } = await me.claim('secure');
    for (;;) await me.tables(id);
  },
  async (me) => {
    for (;;) await me.reset((await me.claim('insecure')).id);
  },
];

describe.skipIf(withoutSandbox)('kill -9 of the server', { timeout: 240_000 }, () => {
  const traces = new Traces(INSTANCE);

  it('ends every sandbox, whatever its reader does, and the next start removes the rest', async () => {
    const chance = new Chance();
    console.log(`the server is killed at the moments of SEED=${chance.seed}`);
    const start = async (): Promise<RunningServer> => {
      const server = await startTestServer({ INSTANCE: 'killed-server', SANDBOXES_PER_ADDRESS: '99' });
      onTestFinished(() => server.stop());
      expect(server.off).toBeUndefined();
      return server;
    };
    let server = await start();
    for (let count = 0; count < KILLS; count += 1) {
      const { url } = server;
      // The third to fifth reader wait for sandboxes while the first two already use the spare ones.
      const doings = DOINGS.map((doing) => doing(new Reader(url)));
      const told = Promise.allSettled(doings);
      await wait(chance.upTo(SOON_MS));
      await server.kill();
      for (const each of await told) {
        if (each.status === 'fulfilled') continue;
        expect(String(each.reason)).toMatch(/fetch failed|terminated|closed|SocketError/);
      }
      await expect.poll(() => traces.processes(), { timeout: 60_000 }).toEqual([]);
      const rest = traces.pieces();
      server = await start();
      const now = traces.pieces();
      expect(rest.filter((piece) => now.includes(piece))).toEqual([]);
    }
    const me = new Reader(server.url);
    const { id } = await me.claim('secure');
    expect(endOf((await me.run(id, [shell('yes', 'echo yes')])).events).reason).toBe('finished');
    await server.stop();
    expect(traces.all()).toEqual([]);
  });
});
