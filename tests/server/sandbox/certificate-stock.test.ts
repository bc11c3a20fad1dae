import { afterEach, expect, it, vi } from 'vitest';
import type { ClusterHost } from '../../../server/cluster/cluster-host.ts';
import type { ServerEvent } from '../../../server/report.ts';
import { CertificateStock } from '../../../server/sandbox/certificate-stock.ts';
import { fakeContainer } from './fake-container.ts';

const DEADLINE = { timeout: 120_000, interval: 5 };

const stocks: CertificateStock[] = [];
afterEach(async () => {
  await Promise.all(stocks.splice(0).map((stock) => stock.close()));
});

/** What happened to the containers in which certificates are made. */
interface Made {
  opened: number;
  sets: number;
  disposed: number;
}

/** Returns a function that opens containers whose `cockroach cert` ends with that exit code, and what they did. */
function fakeMakers(exitCode = 0): { open: () => Promise<ClusterHost & { dispose(): Promise<void> }>; made: Made } {
  const made: Made = { opened: 0, sets: 0, disposed: 0 };
  return {
    made,
    open: async () => {
      made.opened += 1;
      return fakeContainer({
        run: () => {
          made.sets += 1;
          return { ended: Promise.resolve({ exitCode, ms: 0 }), kill: () => undefined };
        },
        readFile: async (_, path) => Buffer.from(`${path} of set ${made.sets}`),
        dispose: async () => void (made.disposed += 1),
      });
    },
  };
}

function stockOf(...given: ConstructorParameters<typeof CertificateStock>): CertificateStock {
  const stock = new CertificateStock(...given);
  stocks.push(stock);
  return stock;
}

it('gives each set away once, and makes as many as it may hold, in one container that it removes', async () => {
  const { open, made } = fakeMakers();
  const stock = stockOf(open, 3, () => false);
  expect(stock.take()).toBeUndefined();
  await vi.waitFor(() => expect(made).toEqual({ opened: 1, sets: 3, disposed: 1 }), DEADLINE);
  expect(stock.size).toBe(3);
  const keys = [stock.take(), stock.take(), stock.take()].map((set) => String(set?.['ca.key']));
  expect(keys).toEqual([1, 2, 3].map((number) => `/run/engine/ca.key of set ${number}`));
  expect(stock.take()).toBeUndefined();
});

it('replaces the sets that it gave away', async () => {
  const { open, made } = fakeMakers();
  const stock = stockOf(open, 1, () => false);
  await vi.waitFor(() => expect(made.disposed).toBe(1), DEADLINE);
  stock.take();
  await vi.waitFor(() => expect(made).toEqual({ opened: 2, sets: 2, disposed: 2 }), DEADLINE);
  expect(stock.size).toBe(1);
});

it('makes nothing while the server is busy', async () => {
  const { open, made } = fakeMakers();
  let asked = 0;
  const stock = stockOf(open, 1, () => (asked += 1) < 3);
  await vi.waitFor(() => expect(asked).toBe(2), DEADLINE);
  expect(made.opened).toBe(0);
  await vi.waitFor(() => expect(stock.size).toBe(1), DEADLINE);
});

it('makes nothing when it may hold nothing', async () => {
  const { open, made } = fakeMakers();
  const stock = stockOf(open, 0, () => false);
  expect(stock.take()).toBeUndefined();
  await stock.close();
  expect(made.opened).toBe(0);
});

it('reports that certificates cannot be made, and removes the container', async () => {
  const { open, made } = fakeMakers(1);
  const events: ServerEvent[] = [];
  const stock = stockOf(
    open,
    1,
    () => false,
    (event) => events.push(event),
  );
  await vi.waitFor(() => expect(events).toHaveLength(1), DEADLINE);
  expect(events[0]).toMatchObject({ type: 'certificates-not-made', cause: { code: 'unavailable' } });
  await stock.close();
  expect(made).toEqual({ opened: 1, sets: 1, disposed: 1 });
  expect(stock.size).toBe(0);
});

it('forgets its sets when it is closed', async () => {
  const { open, made } = fakeMakers();
  const stock = stockOf(open, 1, () => false);
  await vi.waitFor(() => expect(stock.size).toBe(1), DEADLINE);
  await stock.close();
  expect(stock.take()).toBeUndefined();
  await stock.close();
  expect(made).toEqual({ opened: 1, sets: 1, disposed: 1 });
});
