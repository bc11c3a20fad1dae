import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Returns how many bytes are held after garbage collection. Buffers are freed one turn of the event loop after their
 * owners.
 */
export async function heldBytes(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    collectGarbage();
    await turn();
  }
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
}

/** Waits until `isTrue`. Does not use the test runner's polling, which keeps a record of each attempt in memory. */
export async function untilTrue(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await turn();
}
