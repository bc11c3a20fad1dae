import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Config } from '../../../server/config.ts';
import type { Setup } from '../../../server/setup-file.ts';
import { AppError } from '../../../server/errors.ts';
import { openPrerequisites } from '../../../server/prerequisites.ts';
import { apiApp } from '../../../server/http/app.ts';
import type { Runtime } from '../../../server/oci/runtime.ts';
import type { Prerequisites } from '../../../server/sandbox/cluster-container.ts';
import { Service, type ServicePolicy } from '../../../server/sandbox/service.ts';
import { ENGINE } from '../cluster/test-engine.ts';
import { LIMITS } from './test-limits.ts';

const POLICY: ServicePolicy = {
  ...LIMITS,
  sandboxesPerReader: 2,
  sandboxesPerAddress: 2,
  newPerMinute: 9,
  maxSlots: 1,
  warmPerMode: 0,
  certificatesAhead: 0,
};
const PLACE = '/home/operator/secret-project';

/** Returns prerequisites with which no sandbox can be created, and how often they were closed. */
function fakePrerequisites(create: () => Promise<never>): { prerequisites: Prerequisites; closed: () => number } {
  let closed = 0;
  const runtime: Runtime = {
    name: 'runc',
    version: '1',
    isKernelShared: true,
    unlimited: new Set(),
    room: { memoryBytes: Infinity, containers: Infinity },
    limits: { pids: 1, cpus: 1 },
    create,
    sweep: async () => 0,
    close: async () => void (closed += 1),
  };
  return {
    prerequisites: { runtime, engine: ENGINE, python: '' },
    closed: () => closed,
  };
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a self-test that fails', () => {
  it('closes the runtime that it had opened', async () => {
    const { prerequisites, closed } = fakePrerequisites(() => Promise.reject(new Error('no')));
    const service = new Service();
    expect(await service.start(() => Promise.resolve(prerequisites), POLICY)).toBeUndefined();
    expect(closed()).toBe(1);
  });

  it('tells the operator more than it tells readers', async () => {
    const service = new Service();
    await service.start(
      () => Promise.reject(new AppError('unavailable', 'Not now.', { forOperator: `Type mkdir ${PLACE}.` })),
      POLICY,
    );
    expect(service.health()).toEqual({ ready: false, reason: 'Not now.' });
    expect(service.reasonForOperator).toBe(`Type mkdir ${PLACE}.`);
  });
});

it('a service that is closed while it starts waits for the start, and closes what was opened', async () => {
  let goOn: (prerequisites: Prerequisites) => void = () => undefined;
  const { prerequisites, closed } = fakePrerequisites(() => Promise.reject(new Error('nobody may make a sandbox now')));
  const service = new Service();
  const starting = service.start(() => new Promise((settle) => (goOn = settle)), POLICY);
  const ending = service.close();
  goOn(prerequisites);
  await Promise.all([starting, ending]);
  expect(closed()).toBe(1);
  expect(service.health().reason).toBe('The server is shutting down.');
});

describe('public answers name no path of the host', () => {
  const python = { executable: `${PLACE}/python3`, version: '3.11.2' };
  const languages = { python: { ...python, packages: [`${PLACE}/packages`] } };
  const runtime = { name: 'runc' as const, path: `${PLACE}/runc` };
  const why = `ENGINE=${PLACE}/cockroach cannot be used.`;

  it.each<[string, Setup]>([
    ['set-up has not run', { missing: `Set up ${PLACE}.` }],
    ['there is no runtime', { runtime: { missing: `Install ${PLACE}/runc.` } }],
    ['there is no Python', { runtime }],
    ['there is no language', { runtime, python, languages: { python: { missing: `Install ${PLACE}/packages.` } } }],
    ['there is no engine', { runtime, python, languages, engine: { kind: 'cockroach', why } }],
    ['there is no engine’s reason', { runtime, python, languages }],
    [
      'the runtime or the interpreter is gone',
      { runtime, python, languages, engine: { kind: 'cockroach', path: `${PLACE}/cockroach` } },
    ],
  ])('when %s', async (_, setup) => {
    const service = new Service();
    await service.start(
      () => openPrerequisites({ root: PLACE, stateDir: PLACE, instance: 'x', setup } as Config),
      POLICY,
    );
    const app = apiApp(service, { trustProxy: false, isLocal: true, sandboxesPerAddress: 16 });
    const env = { incoming: { socket: { remoteAddress: '127.0.0.1', remotePort: 1, remoteFamily: 'IPv4' } } };
    const claim = { method: 'POST', body: JSON.stringify({ mode: 'secure' }) };
    for (const answer of [
      await app.request('http://localhost/api/health', {}, env),
      await app.request('http://localhost/api/sandboxes', claim, env),
    ]) {
      expect(answer.status).toBe(503);
      const said = await answer.text();
      expect(said).toMatch(/This server|on this server/);
      expect(said).not.toContain('/');
    }
    expect(service.reasonForOperator).not.toBe(service.health().reason);
  });
});
