import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LostCause, Mode, Problem, SandboxInfo } from '../../../shared/protocol.ts';
import { endOf, type Reader } from '../../../commands/client/reader.ts';
import { openTerminal } from '../../../commands/client/terminal-client.ts';
import { Traces } from '../../support/leftovers.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { shell, sql } from '../http/steps.ts';
import { Chance } from './random.ts';
import { containers, signalIn, type Victim } from './victims.ts';

const INSTANCE = `killed-parts-${process.env['VITEST_POOL_ID']}`;
const TICK_MS = 5;
/** How long after something has begun a part of its sandbox may be killed. */
const SOON_MS = 400;
const CAUSE: Record<Victim, LostCause> = { engine: 'engine-ended', agent: 'agent-lost' };
const COUNTING = 'python -u -c "import time\nfor n in range(9999): print(n); time.sleep(0.01)"';

/** What a reader does when a part of their sandbox is killed. Resolves when they know what has become of it. */
type Doing = (me: Reader, id: string, kill: () => Promise<void>) => Promise<void>;

/** A run is told at its end that it is lost, and why. */
const running =
  (...[first, ...others]: Parameters<Reader['run']>[1]): Doing =>
  async (me, id, kill) => {
    let killed: Promise<void> | undefined;
    const { events } = await me.run(id, [first!, ...others], () => void (killed ??= kill()));
    await killed;
    expect(endOf(events)).toMatchObject({ reason: 'lost', message: expect.stringMatching(/\.$/) as string });
  };

const DOINGS: Record<string, Doing> = {
  'a program runs': running(shell('count', COUNTING)),
  'a statement runs': running(sql('sleep', 'SELECT pg_sleep(1000)')),
  'steps follow each other': running(...Array.from({ length: 60 }, (_, n) => shell(`s${n}`, 'echo x; sleep 0.02'))),
  'a terminal is open': async (me, id, kill) => {
    const terminal = await openTerminal(me.webSocket(`/api/sandboxes/${id}/terminals/1`), { command: COUNTING });
    await kill();
    expect(await terminal.ends()).toMatchObject({ reason: 'lost', message: expect.stringMatching(/\.$/) as string });
  },
};

describe.skipIf(withoutSandbox)('kill -9', { timeout: 180_000 }, () => {
  const chance = new Chance();
  console.log(`parts of sandboxes are killed at the moments of SEED=${chance.seed}`);
  const traces = new Traces(INSTANCE);
  // Registered first, so that it runs last.
  afterAll(() => expect(traces.all()).toEqual([]));
  const { reader, server } = useOwnServer({
    INSTANCE: 'killed-parts',
    WARM_PER_MODE: '0',
    SANDBOXES_PER_ADDRESS: '99',
  });

  // The cluster of the self-test is given to the first reader, and has a container already.
  beforeAll(async () => {
    const first = reader();
    await first.reset((await first.claim('insecure')).id);
  });

  /** Claims a sandbox while nobody else does. Returns its id and its container's. */
  const claimed = async (me: Reader, mode: Mode): Promise<{ id: string; container: string }> => {
    const before = containers(traces);
    const { id } = await me.claim(mode);
    const container = [...containers(traces).keys()].find((each) => !before.has(each));
    if (container === undefined) throw new Error('the sandbox has no container of its own');
    return { id, container };
  };

  describe.each<Victim>(['engine', 'agent'])('of the %s', (victim) => {
    it.each(Object.keys(DOINGS))('while %s, four times: the reader is told, and gets a new cluster', async (name) => {
      const victims: { me: Reader; id: string; container: string }[] = [];
      for (let count = 0; count < 4; count += 1) {
        const me = reader();
        victims.push({ me, ...(await claimed(me, count % 2 === 0 ? 'insecure' : 'secure')) });
      }
      await Promise.all(
        victims.map(async ({ me, id, container }) => {
          const afterMs = chance.upTo(SOON_MS);
          await DOINGS[name]!(me, id, async () => {
            await wait(afterMs);
            expect(signalIn(traces, container, victim, 'SIGKILL')).toBe(true);
          });
          const { body } = await me.ask<SandboxInfo>('GET', `/api/sandboxes/${id}`);
          expect(body).toMatchObject({ state: 'gone', cause: CAUSE[victim] });
        }),
      );
      await expect.poll(() => [...containers(traces).keys()]).toEqual([]);
      await expect.poll(() => traces.pieces()).toEqual([]);
      const { me } = victims[chance.upTo(3)]!;
      const { id } = await me.claim('insecure');
      expect(endOf((await me.run(id, [shell('yes', 'echo yes')])).events).reason).toBe('finished');
      await me.reset(id);
      expect(server().log()).not.toContain('unhandled');
    });

    it('while the sandbox starts, four times: the claim is refused, or its cluster is gone', async () => {
      for (let count = 0; count < 4; count += 1) {
        const me = reader();
        const before = containers(traces);
        let isOver = false;
        const claim = me
          .ask<Problem & SandboxInfo>('POST', '/api/sandboxes', { mode: count % 2 === 0 ? 'insecure' : 'secure' })
          .finally(() => (isOver = true));
        await wait(chance.upTo(SOON_MS));
        const strike = (): boolean => {
          const mine = [...containers(traces).keys()].find((each) => !before.has(each));
          return mine !== undefined && signalIn(traces, mine, victim, 'SIGKILL');
        };
        while (!strike() && !isOver) await wait(TICK_MS);
        const { status, body } = await claim;
        if (status === 503)
          expect(body.error).toMatchObject({ code: 'unavailable', message: expect.stringMatching(/\.$/) as string });
        else
          await expect
            .poll(() => me.ask('GET', `/api/sandboxes/${body.id}`))
            .toMatchObject({ body: { state: 'gone' } });
        await expect.poll(() => [...containers(traces).keys()]).toEqual([]);
      }
      await expect.poll(() => traces.pieces()).toEqual([]);
    });
  });
});
