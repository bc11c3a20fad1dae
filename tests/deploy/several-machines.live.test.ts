import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTutorials } from '../../commands/verify/tutorial.ts';
import { Reader, endOf, printed } from '../../commands/client/reader.ts';
import { openTerminal } from '../../commands/client/terminal-client.ts';
import { stepsIn } from '../../shared/step.ts';
import type { EmbedToken, SandboxInfo, Step } from '../../shared/protocol.ts';
import { withoutSandbox } from '../support/shared-server.ts';
import { Balancer, withoutBalancer } from './balancer.ts';
import { startMachine, type StartedMachine } from './machines.ts';
import { PatientReader, counted } from './patient-reader.ts';

/** How many readers there are; by hand, more: `READERS=60 SLOTS=40 npm test -- tests/deploy`. */
const READERS = Number(process.env['READERS'] ?? 10);
const SLOTS = process.env['SLOTS'] ?? '8';
const BLOG = 'https://blog.example.org';

describe.skipIf(withoutSandbox)('several servers behind HAProxy', { timeout: 60_000 * Math.max(10, READERS) }, () => {
  const running: StartedMachine[] = [];
  let balancer: Balancer | undefined;
  beforeEach(({ skip }) => skip(withoutBalancer !== undefined, withoutBalancer));
  afterEach(async () => {
    await balancer?.stop();
    await Promise.all(running.splice(0).map(({ server }) => server.stop()));
  });

  const start = async (...args: Parameters<typeof startMachine>): Promise<StartedMachine> => {
    const machine = await startMachine(...args);
    running.push(machine);
    return machine;
  };
  const balance = async (machines: StartedMachine[]): Promise<Balancer> => {
    balancer = await Balancer.start(machines);
    return balancer;
  };
  const states = async (): Promise<Record<string, string>> => Object.fromEntries((await balancer?.states()) ?? []);

  it('one is killed, one added, one drains: each reader ends with the right count, and is told the truth', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map((name) => start(name, { MAX_SLOTS: SLOTS })));
    const site = await balance([one!, two!]);
    // Until its check has been answered for the first time, a server has the weight of the file.
    const weighed = expect.stringMatching(/^UP (?!100$)\d+$/) as string;
    await expect.poll(states).toEqual({ one: weighed, two: weighed });

    const waits = { id: 'waits', kind: 'shell', command: `echo begun; sleep ${READERS}` } as const;
    const steps: Step[] = stepsIn(readTutorials().find(({ slug }) => slug === 'pony')!.steps, 'insecure').map(
      ({ step }) => step,
    );
    const readers = Array.from({ length: READERS }, () => new PatientReader(site.url));
    const all = Promise.all(readers.map((reader) => reader.runAll('insecure', [waits, ...steps])));
    const on = (name: string): PatientReader[] =>
      readers.filter(({ machines, seen }) => machines.at(-1) === name && seen.length > 1 && seen.length < 20);
    await expect
      .poll(() => Math.min(on('one').length, on('two').length), { timeout: 60_000 * Math.max(5, READERS) })
      .toBeGreaterThanOrEqual(READERS / 5);

    const betrayed = on('one').filter(({ seen }) => seen.at(-1)?.type !== 'end');
    await one!.server.kill();
    const three = await start('three', { MAX_SLOTS: SLOTS }, 'one');
    await site.reload([one!, two!, three]);
    // Not those who have come from the killed one already.
    const spared = readers.filter(({ machines }) => machines.length > 0 && machines.every((name) => name === 'two'));
    two!.server.signal('SIGUSR2');
    await expect
      .poll(states)
      .toMatchObject({ one: expect.stringMatching(/^DOWN/), two: expect.stringMatching(/^DRAIN/) });
    const late = new PatientReader(site.url);
    const last = late.runAll('insecure', steps);

    const ids = await all;
    await last;
    const outcome = [...readers, late].map(({ told, machines, seen }) => ({
      told,
      machines,
      count: counted(seen) ?? endOf(seen).reason,
    }));
    console.log(JSON.stringify(tally(outcome)));
    expect(outcome.filter(({ count }) => count !== '100')).toEqual([]);
    expect(betrayed.length).toBeGreaterThan(0);
    for (const { told, machines } of betrayed) {
      expect(told).toContain('cluster gone');
      expect(machines.at(-1)).not.toBe('one');
    }
    for (const { told, machines } of spared) {
      expect(told).not.toContain('cluster gone');
      expect(machines.at(-1)).toBe('two');
    }
    expect(late.machines).toEqual(['three']);

    const left = readers.flatMap((reader, at) => (reader.machines.at(-1) === 'two' ? [reader.reset(ids[at]!)] : []));
    await Promise.all(left);
    expect(await two!.server.ended).toBe(0);
  });

  it('events come at once and terminals work, on the reader’s machine, whatever address a reader claims', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map((name) => start(name, { MAX_SLOTS: '2' })));
    const site = await balance([one!, two!]);
    await expect.poll(states).toEqual({ one: 'UP 3', two: 'UP 3' });
    const me = new Reader(site.url);
    expect((await me.fetch('GET', '/')).status).toBe(200);
    expect((await me.fetch('GET', '/api/health')).status).toBe(200);
    expect(me.cookie('bankrun_machine')).toBeUndefined();
    const { id } = await me.claim('insecure');
    const machine = me.cookie('bankrun_machine')?.split('|')[0];
    expect(['one', 'two']).toContain(machine);
    await expect.poll(async () => (await states())[machine!]).toBe('UP 2');

    const begun = Promise.withResolvers<void>();
    const command = 'echo begun; for i in $(seq 600); do test -e go && break; sleep 0.2; done; echo over';
    const run = me.run(id, [{ id: 'a', kind: 'shell', command }], ({ type }) => type === 'output' && begun.resolve());
    await begun.promise;
    const terminal = await openTerminal(me.webSocket(`/api/sandboxes/${id}/terminals/1`));
    terminal.type('touch go\r');
    expect(printed((await run).events)).toBe('begun\nover\n');
    await terminal.drop();

    const headers = { 'x-forwarded-for': '198.51.100.7', 'bankrun-machine': 'nowhere' };
    expect((await me.ask<SandboxInfo>('GET', `/api/sandboxes/${id}`, undefined, headers)).body.state).toBe('ready');
    const direct = [one!, two!].find(({ name }) => name === machine)!.server.url;
    const asOther = { ...me.webSocket('').headers, ...headers };
    expect((await fetch(`${direct}/api/sandboxes/${id}`, { headers: asOther })).status).toBe(404);
  });

  it('a reader of another site stays on the machine that their token names', async () => {
    const machines = await Promise.all(
      ['one', 'two'].map((name) => start(name, { MAX_SLOTS: '4', EMBED_ORIGINS: BLOG })),
    );
    const site = await balance(machines);
    await expect.poll(states).toEqual({ one: 'UP 5', two: 'UP 5' });
    const ask = async (path: string, token?: string): Promise<Response> =>
      fetch(site.url + path, {
        method: 'POST',
        headers: {
          origin: BLOG,
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: '{"mode":"insecure"}',
      });
    const names = new Set<string>();
    for (let reader = 0; reader < 2; reader += 1) {
      const { token } = (await (await ask('/api/embeds')).json()) as EmbedToken;
      names.add(token.split('.')[0]!);
      const ids = new Set<string>();
      for (let time = 0; time < 3; time += 1)
        ids.add(((await (await ask('/api/sandboxes', token)).json()) as SandboxInfo).id);
      expect(ids.size).toBe(1);
    }
    expect([...names].every((name) => ['one', 'two'].includes(name))).toBe(true);
  });

  it('a reader with nothing on a full machine is sent elsewhere, but waits there if all are full', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map((name) => start(name, { MAX_SLOTS: '1' })));
    const site = await balance([one!, two!]);
    await expect.poll(states).toEqual({ one: 'UP 2', two: 'UP 2' });
    const first = new Reader(site.url);
    await first.claim('insecure');
    const taken = first.cookie('bankrun_machine')!.split('|')[0]!;
    await expect.poll(async () => (await states())[taken]).toBe('UP 1');
    const claimAt = (machine: string): Promise<Response> =>
      fetch(`${site.url}/api/sandboxes`, {
        method: 'POST',
        headers: { cookie: `bankrun_machine=${machine}`, 'content-type': 'application/json' },
        body: '{"mode":"insecure"}',
      });
    const sent = await claimAt(taken);
    expect([sent.status, sent.headers.get('retry-after')]).toEqual([503, '1']);
    expect(sent.headers.getSetCookie()).toContain('bankrun_machine=; Path=/; Max-Age=0');

    const second = new PatientReader(site.url);
    await second.runAll('insecure', [{ id: 'a', kind: 'shell', command: 'echo here' }]);
    expect(second.machines.at(-1)!.split('|')[0]).not.toBe(taken);
    await expect.poll(states).toEqual({ one: 'UP 1', two: 'UP 1' });
    const kept = await claimAt(taken);
    expect(kept.status).toBe(503);
    expect(kept.headers.getSetCookie().join()).not.toContain('bankrun_machine=;');
  });
});

/** Returns how many readers were told what, and where they were. */
function tally(outcomes: { told: string[]; machines: string[]; count: unknown }[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { told, machines, count } of outcomes) {
    const way = `${machines.join(' → ')}: ${[...new Set(told)].join(', ') || 'nothing'}: ${String(count)}`;
    found[way] = (found[way] ?? 0) + 1;
  }
  return found;
}
