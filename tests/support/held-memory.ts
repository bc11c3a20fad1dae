import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is still held, bytes, once all that can be collected is: buffers go a turn after what held them. */
export async function heldBytes(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    collectGarbage();
    await turn();
  }
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
}

/** Waits without a poll of the test runner's, which remembers each. */
export async function untilTrue(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await turn();
}
