import { describe, expect, it } from 'vitest';
import type { SandboxInfo, Step } from '../../../shared/protocol.ts';
import { endOf, printed } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { file, shell, sql } from './steps.ts';

/** Returns a step that is meant to fail. */
const failing = (step: Step): Step => ({ ...step, fails: true }) as Step;
/** Returns a step with its own time limit. */
const limited = (step: Step, seconds: number): Step => ({ ...step, limitMs: seconds * 1000 }) as Step;

describe.skipIf(withoutSandbox)('steps that are meant to fail', { timeout: 120_000 }, () => {
  const { reader } = useOwnServer({ WARM_PER_MODE: '0' });

  it('do not end the run, report what happened, and count as done', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { events } = await me.run(id, [
      failing(shell('exit', 'echo no; exit 3')),
      failing(sql('twice', 'CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (1), (1); SELECT 1')),
      failing(shell('succeeds', 'echo yes')),
      shell('after', 'echo after'),
    ]);
    expect(endOf(events)).toEqual({ type: 'end', reason: 'finished' });
    expect(events.filter((event) => event.type === 'done').map(({ ms: _, ...done }) => done)).toEqual([
      { type: 'done', step: 'exit', ok: false, exitCode: 3 },
      { type: 'done', step: 'twice', ok: false, exitCode: 1, sqlState: '23505' },
      { type: 'done', step: 'succeeds', ok: true, exitCode: 0 },
      { type: 'done', step: 'after', ok: true, exitCode: 0 },
    ]);
    expect(printed(events)).toContain('SQLSTATE: 23505');
    expect((await me.ask<SandboxInfo>('GET', `/api/sandboxes/${id}`)).body.done).toEqual([
      'exit',
      'twice',
      'succeeds',
      'after',
    ]);
    await me.reset(id);
  });

  it('leave other steps as they were: one that fails ends the run, with its SQLSTATE', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { events } = await me.run(id, [sql('wrong', 'SELECT * FROM nothing_here'), shell('after', 'echo after')]);
    expect(endOf(events).reason).toBe('failed-step');
    expect(events.filter((event) => event.type === 'done')).toMatchObject([{ ok: false, sqlState: '42P01' }]);
    await me.reset(id);
  });
});

describe.skipIf(withoutSandbox)('a step’s own time limit', { timeout: 120_000 }, () => {
  const { reader } = useOwnServer({ STEP_SECONDS: '1', MAX_STEP_SECONDS: '4', WARM_PER_MODE: '0' });
  const message = (seconds: number): unknown => expect.stringContaining(`after ${seconds} seconds`);

  it('replaces the usual one, up to the operator’s most, and ends also a step that is meant to fail', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const endBy = async (step: Step): Promise<unknown> => endOf((await me.run(id, [step])).events);
    expect(await endBy(limited(shell('enough', 'sleep 1.5'), 60))).toEqual({ type: 'end', reason: 'finished' });
    expect(await endBy(limited(sql('less', 'SELECT pg_sleep(60)'), 2))).toMatchObject({ message: message(2) });
    expect(await endBy(limited(shell('most', 'sleep 60'), 600))).toMatchObject({ message: message(4) });
    expect(await endBy(limited(failing(shell('fails', 'sleep 60')), 3))).toMatchObject({
      reason: 'timed-out',
      message: message(3),
    });
    await me.reset(id);
  });
});

describe.skipIf(withoutSandbox)('a step’s input', { timeout: 120_000 }, () => {
  const { reader } = useOwnServer({ WARM_PER_MODE: '0' });

  it('is what its program reads, in every language that readers have, and in the background', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { events } = await me.run(id, [
      file('ask.py', 'name = input("Name: ")\nprint(f"Hello, {name}")\n'),
      { id: 'asked', kind: 'shell', command: 'python ask.py', input: 'Ada\n' },
      { id: 'shell', kind: 'shell', command: 'read name; echo "Hello, $name"', input: 'Grace\n' },
      { ...shell('fed', 'cat; exec python -m http.server 8000 >&2'), input: 'fed\n', background: true } as Step,
      { id: 'more', kind: 'shell', command: 'python ask.py', input: '', fails: true },
    ]);
    expect(endOf(events).reason).toBe('finished');
    expect(printed(events, 'stdout')).toBe('Name: Hello, Ada\nHello, Grace\nfed\nName: ');
    expect(printed(events, 'stderr')).toContain('EOFError');
    await me.reset(id);
  });
});

describe.skipIf(withoutSandbox)('a long answer', { timeout: 120_000 }, () => {
  const { reader } = useOwnServer({ WARM_PER_MODE: '0' });

  it('has its first 10,000 rows, and their number', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { events } = await me.run(id, [
      sql('long', "SELECT i, 'row ' || i::STRING FROM generate_series(1, 12000) AS i"),
    ]);
    const [answer] = events.filter((event) => event.type === 'rows');
    expect([answer?.rows.length, answer?.rows.at(-1), answer?.count]).toEqual([10_000, ['10000', 'row 10000'], 12_000]);
    await me.reset(id);
  });
});
