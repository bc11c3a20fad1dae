import fc from 'fast-check';
import type { Hono } from 'hono';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { apiApp } from '../../../server/http/app.ts';
import { AppError } from '../../../server/errors.ts';
import type { Report, ServerEvent } from '../../../server/report.ts';
import type { Mode } from '../../../shared/protocol.ts';
import { SandboxTable } from '../../../server/sandbox/sandbox-table.ts';
import { Service } from '../../../server/sandbox/service.ts';
import { Slots } from '../../../server/sandbox/slots.ts';
import { WarmPool } from '../../../server/sandbox/warm-pool.ts';
import { scriptedContainer, type ScriptedContainer } from '../sandbox/scripted-container.ts';
import { LIMITS } from '../sandbox/test-limits.ts';
import { untilTrue } from '../../support/held-memory.ts';
import { actions } from './properties/actions.ts';
import { Crowd } from './properties/crowd.ts';
import { createHttpServer } from '../../../server/http/http-server.ts';
import { rounds } from './properties/rounds.ts';

const SLOTS = 8;
/** Every so many starts of a cluster fail. */
const FAILING = 9;
/** The events that mean that something is wrong on our side. */
const FAILURES: readonly ServerEvent['type'][] = ['failure', 'not-removed', 'unhandled-rejection'];
const HANGS_MS = 10_000;

/** A service over scripted containers, as `Service.start` would assemble it. */
function scriptedService(report: Report): {
  service: Service;
  slots: Slots;
  containers: Map<string, ScriptedContainer>;
  made: ScriptedContainer[];
  close: () => Promise<void>;
} {
  const made: ScriptedContainer[] = [];
  const containers = new Map<string, ScriptedContainer>();
  let starts = 0;
  const open = async (mode: Mode): Promise<ScriptedContainer['clusterContainer']> => {
    await new Promise((wake) => setTimeout(wake, 1));
    starts += 1;
    if (starts % FAILING === 0) throw new AppError('unavailable', 'It did not start.', { cause: 'scripted' });
    const container = scriptedContainer(mode);
    made.push(container);
    return container.clusterContainer;
  };
  const slots = new Slots(SLOTS);
  const pool = new WarmPool(open, slots, 0, () => false, report);
  const policy = { ...LIMITS, sandboxesPerReader: 2, sandboxesPerAddress: 100, newPerMinute: 1e9 };
  const table = new SandboxTable(open, slots, pool, policy, report);
  const service = new Service(report);
  vi.spyOn(service, 'claim').mockImplementation(async (owner, mode) => {
    const claimed = await table.claim(owner, mode);
    if (claimed.isNew) containers.set(claimed.sandbox.id, made.at(-1)!);
    return claimed;
  });
  vi.spyOn(service, 'health').mockReturnValue({ ready: true });
  vi.spyOn(service, 'find').mockImplementation((owner, id) => table.find(owner, id));
  vi.spyOn(service, 'remove').mockImplementation((sandbox, cause = 'reset') => table.remove(sandbox, cause));
  return { service, slots, containers, made, close: () => table.close() };
}

/** Serves an app. `stop` resolves when no connection is left. */
async function serve(app: Hono): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createHttpServer(app, { host: '127.0.0.1', trustProxy: false }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => void (await once(server.close(), 'close'));
  return { url: `http://127.0.0.1:${port}`, stop };
}

async function untilTrueOrLate(isTrue: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + HANGS_MS;
  await untilTrue(() => isTrue() || performance.now() > deadlineMs);
}

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('whatever clients do, in any order and at the same time', { timeout: 120_000 }, () => {
  it('nothing fails on our side, nothing hangs, runs end once, and nothing is left', async () => {
    const failures: ServerEvent[] = [];
    const report: Report = (event) => {
      if (!FAILURES.includes(event.type)) return;
      const isScripted = 'cause' in event && event.cause instanceof AppError && event.cause.cause === 'scripted';
      if (!isScripted) failures.push(event);
    };
    await fc.assert(
      fc.asyncProperty(actions, async (sequence) => {
        failures.length = 0;
        const before = timers();
        const { service, slots, containers, made, close } = scriptedService(report);
        const app = apiApp(service, { trustProxy: false, isLocal: true, sandboxesPerAddress: 16, report });
        const { url, stop } = await serve(app);
        const crowd = new Crowd(url, (id) => containers.get(id)?.lose('engine-ended'));
        for (const action of sequence) await crowd.act(action);
        await crowd.leave();
        await stop();
        // A server cannot see that a client left with the whole answer unread; such a sandbox lives until it is unused.
        const unread = sequence.filter((action) => action.do === 'claim' && action.isDropped).length;
        await untilTrueOrLate(() => slots.free >= SLOTS - unread);
        expect(slots.free, 'slots that are free again').toBeGreaterThanOrEqual(SLOTS - unread);
        await close();
        await untilTrueOrLate(() => timers() <= before);
        expect([slots.free, timers() <= before], 'slots and timers').toEqual([SLOTS, true]);
        expect(made.filter((container) => !container.isDisposed() || container.underWay() > 0)).toEqual([]);
        expect(failures).toEqual([]);
      }),
      rounds(60),
    );
  });
});
