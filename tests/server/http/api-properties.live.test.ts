import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Health } from '../../../shared/protocol.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { actions } from './properties/actions.ts';
import { Crowd } from './properties/crowd.ts';
import { rounds } from './properties/rounds.ts';

const SLOTS = 8;

describe.skipIf(withoutSandbox)('whatever clients do to real sandboxes', { timeout: 180_000 }, () => {
  const { reader, server } = useOwnServer({
    INSTANCE: 'properties',
    MAX_SLOTS: String(SLOTS),
    WARM_PER_MODE: '0',
    SANDBOXES_PER_ADDRESS: '100',
    STEP_SECONDS: '5',
    OUTPUT_KIB: '64',
  });
  const freeSlots = async (): Promise<number | undefined> =>
    (await reader().ask<Health>('GET', '/api/health')).body.slots?.free;

  it('nothing fails on our side, nothing hangs, runs end once, and all slots become free again', async () => {
    // The cluster of the self-test waits for its reader.
    const first = reader();
    await first.reset((await first.claim('insecure')).id);
    const printedBefore = server().log().length;
    await fc.assert(
      fc.asyncProperty(actions, async (sequence) => {
        const crowd = new Crowd(server().url, () => undefined);
        for (const action of sequence)
          await crowd.act('isDropped' in action ? { ...action, isDropped: false } : action);
        await crowd.leave();
        await expect.poll(freeSlots).toBe(SLOTS);
        expect(server().log().slice(printedBefore)).toBe('');
      }),
      rounds(8),
    );
  });
});
