import { describe, expect, it } from 'vitest';
import { createAndDelete, LEAK_SETTINGS } from '../../../commands/bench/measure-leaks.ts';
import { serverHoldings, type ServerHoldings } from '../../../commands/bench/server-holdings.ts';
import { startTestServer, withoutSandbox } from '../../support/shared-server.ts';

/** What a sandbox that is gone may leave in the heap for the ten minutes in which its reader is told why. */
const KEPT_KIB = 32;
const ROUNDS = 30;
/** Descriptors come and go with timers of clients and of Node; a leak would be one for each sandbox. */
const FLUCTUATION = 5;
/** What is loaded and cached then is no growth. */
const WARM_UP = 8;
const LATER = { timeout: 60_000, interval: 250 };

describe.skipIf(withoutSandbox)('thirty sandboxes that are created and deleted', { timeout: 180_000 }, () => {
  it('leave no process, mount, control group, file descriptor or memory', async () => {
    const settings = { ...LEAK_SETTINGS, INSTANCE: 'leaks' };
    const server = await startTestServer(settings);
    try {
      const holds = async (): Promise<ServerHoldings> =>
        await serverHoldings(server, `leaks-${process.env['VITEST_POOL_ID']}`);
      await createAndDelete(server.url, WARM_UP);
      const { heapMib, ...before } = await holds();
      await createAndDelete(server.url, ROUNDS);
      const grown = async (): Promise<string[]> => {
        const now = await holds();
        return Object.entries(before).flatMap(([what, count]) =>
          now[what as keyof ServerHoldings] > count + FLUCTUATION ? [`more ${what}`] : [],
        );
      };
      const heapGrownMib = async (): Promise<number> => (await holds()).heapMib - heapMib;
      // Connections of the clients close a little later, and what they held is then collected.
      await expect.poll(grown, LATER).toEqual([]);
      await expect.poll(heapGrownMib, LATER).toBeLessThan((ROUNDS * KEPT_KIB) / 1024);
    } finally {
      await server.stop();
    }
  });
});
