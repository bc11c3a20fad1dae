import { MODES } from '../../shared/modes.ts';
import { Reader } from '../client/reader.ts';
import type { RunningServer } from '../client/server.ts';
import { onServer } from './on-server.ts';
import { serverHoldings, type ServerHoldings } from './server-holdings.ts';

const INSTANCE = 'bench-leaks';
/** How many sandboxes there are at the same time. */
const AT_ONCE = 4;
/** Before the first measurement: what is loaded and cached then is not counted as growth. */
const WARM_UP = 20;
const PARTS = 10;

/** The settings of a server whose holdings are measured. */
export const LEAK_SETTINGS = {
  INSTANCE,
  WARM_PER_MODE: '0',
  NEW_PER_MINUTE: '100000',
  SANDBOXES_PER_ADDRESS: '100',
  NODE_OPTIONS: '--inspect=127.0.0.1:0',
};

/** Creates, uses and deletes that many sandboxes, both modes in turn. */
export async function createAndDelete(url: string, count: number): Promise<void> {
  let begun = 0;
  const one = async (): Promise<void> => {
    while (begun < count) {
      const mode = MODES[begun % MODES.length]!;
      begun += 1;
      const reader = new Reader(url);
      const { id } = await reader.claim(mode);
      await reader.run(id, [{ id: 'a', kind: 'shell', command: 'echo a' }]);
      await reader.reset(id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Creates and deletes `count` sandboxes, and prints what the server holds before, meanwhile and afterwards. */
export async function measureLeaks(count: number): Promise<void> {
  await onServer(LEAK_SETTINGS, async (server) => {
    await createAndDelete(server.url, WARM_UP);
    await print(server, 0);
    for (let part = 1; part <= PARTS; part += 1) {
      await createAndDelete(server.url, Math.ceil(count / PARTS));
      await print(server, part * Math.ceil(count / PARTS));
    }
  });
}

async function print(server: RunningServer, done: number): Promise<void> {
  console.log(`after ${String(done).padStart(5)} sandboxes: ${wordsOf(await serverHoldings(server, INSTANCE))}`);
}

function wordsOf({ processes, mounts, groups, descriptors, heapMib }: ServerHoldings): string {
  const counts = `${processes} processes, ${mounts} mounts, ${groups} control groups, ${descriptors} descriptors`;
  return `${counts}, ${heapMib.toFixed(2)} MiB of heap`;
}
