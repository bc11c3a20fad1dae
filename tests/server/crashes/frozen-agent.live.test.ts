import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Problem, SandboxInfo } from '../../../shared/protocol.ts';
import { endOf, type Reader } from '../../../commands/client/reader.ts';
import { openTerminal } from '../../../commands/client/terminal-client.ts';
import { lostSentence } from '../../../shared/sentences/lost-sentence.ts';
import { Traces } from '../../support/leftovers.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { shell } from '../http/steps.ts';
import { containers, signalIn } from './victims.ts';

const TICK_MS = 5;
const SENTENCE = lostSentence('agent-lost', 0);

/** An agent counts as lost after 20 to 25 seconds, so all of this happens at the same time. */
describe.skipIf(withoutSandbox)('an agent that is frozen', { timeout: 120_000 }, () => {
  const traces = new Traces(`frozen-${process.env['VITEST_POOL_ID']}`);
  const { reader } = useOwnServer({ INSTANCE: 'frozen', WARM_PER_MODE: '0', SANDBOXES_PER_ADDRESS: '99' });

  /** Claims a sandbox, and returns it with a function that freezes its agent. */
  const claimed = async (): Promise<{ me: Reader; id: string; freeze: () => void }> => {
    const before = containers(traces);
    const me = reader();
    const { id } = await me.claim('insecure');
    const container = [...containers(traces).keys()].find((each) => !before.has(each)) ?? '';
    return { me, id, freeze: () => expect(signalIn(traces, container, 'agent', 'SIGSTOP')).toBe(true) };
  };

  it('is lost for a run, a terminal and a start, which say so, and can be removed at once', async () => {
    const first = reader();
    await first.reset((await first.claim('insecure')).id);
    const [run, terminal, removal] = [await claimed(), await claimed(), await claimed()];
    const aRun = async (): Promise<void> => {
      const { events } = await run.me.run(run.id, [shell('long', 'echo begun; sleep 1000')], ({ type }) => {
        if (type === 'output') run.freeze();
      });
      expect(endOf(events)).toEqual({ type: 'end', reason: 'lost', message: SENTENCE });
    };
    const aTerminal = async (): Promise<void> => {
      const { me, id, freeze } = terminal;
      const shown = await openTerminal(me.webSocket(`/api/sandboxes/${id}/terminals/1`), { command: 'cat' });
      freeze();
      await shown.until('is lost', () => shown.ending !== undefined, 60_000);
      expect(shown.ending).toEqual({ reason: 'lost', message: SENTENCE });
    };
    const aRemoval = async (): Promise<void> => {
      removal.freeze();
      expect((await removal.me.fetch('DELETE', `/api/sandboxes/${removal.id}`)).status).toBe(204);
      expect((await removal.me.ask<SandboxInfo>('GET', `/api/sandboxes/${removal.id}`)).body.cause).toBe('reset');
    };
    const aStart = async (): Promise<void> => {
      const before = containers(traces);
      const claim = reader().ask<Problem>('POST', '/api/sandboxes', { mode: 'insecure' });
      const isFrozen = (): boolean =>
        [...containers(traces).keys()].some((each) => !before.has(each) && signalIn(traces, each, 'agent', 'SIGSTOP'));
      while (!isFrozen()) await wait(TICK_MS);
      const { status, body } = await claim;
      expect([status, body.error.code]).toEqual([503, 'unavailable']);
    };
    await Promise.all([aRun(), aTerminal(), aRemoval(), aStart()]);
    await expect.poll(() => [...traces.pieces(), ...containers(traces).keys()], { timeout: 60_000 }).toEqual([]);
    const again = await run.me.claim('insecure');
    expect(endOf((await run.me.run(again.id, [shell('yes', 'echo yes')])).events).reason).toBe('finished');
    await run.me.reset(again.id);
  });
});
