import { describe, expect, it } from 'vitest';
import type { Problem, SandboxInfo, Step } from '../../../shared/protocol.ts';
import { endOf, printed } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { file, shell, sql } from './steps.ts';

describe.skipIf(withoutSandbox)('runs over the API', { timeout: 60_000 }, () => {
  const { reader } = useOwnServer({ STEP_SECONDS: '4', OUTPUT_KIB: '64', WARM_PER_MODE: '0' });

  it('does steps of each kind in order, streams them, and remembers what was done', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { events, ids } = await me.run(id, [
      file('hello.py', 'import sys\nprint("hello", sys.argv)\nprint("oops", file=sys.stderr)\n'),
      shell('greet', 'python hello.py world'),
      sql('make', 'CREATE DATABASE bank'),
      sql(
        'fill',
        'CREATE TABLE t (id INT PRIMARY KEY, name STRING); ' +
          "INSERT INTO t VALUES (1, 'a;b'), (2, NULL); " +
          'SELECT * FROM t ORDER BY id',
        'bank',
      ),
    ]);
    expect(endOf(events)).toEqual({ type: 'end', reason: 'finished' });
    expect(ids).toEqual(events.map((_, index) => index + 1));
    expect(printed(events, 'stdout')).toBe("hello ['hello.py', 'world']\n");
    expect(printed(events, 'stderr')).toBe('oops\n');
    expect(events.filter((event) => event.type === 'rows').map(({ columns, rows }) => ({ columns, rows }))).toEqual([
      { columns: [], rows: [] },
      { columns: [], rows: [] },
      { columns: [], rows: [] },
      {
        columns: ['id', 'name'],
        rows: [
          ['1', 'a;b'],
          ['2', null],
        ],
      },
    ]);
    const tables = events.find((event) => event.type === 'tables');
    expect(tables?.tables).toEqual([
      {
        database: 'bank',
        name: 't',
        columns: ['id', 'name'],
        rows: [
          ['1', 'a;b'],
          ['2', null],
        ],
        count: 2,
      },
    ]);
    expect((await me.ask<SandboxInfo>('GET', `/api/sandboxes/${id}`)).body.done).toEqual([
      'hello.py',
      'greet',
      'make',
      'fill',
    ]);
    expect(await me.tables(id)).toHaveLength(1);
    await me.reset(id);
  });

  it('runs a program that a command has written, by its first line', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { events } = await me.run(id, [
      shell(
        'write',
        "cat > app.py <<'END'\n#!/usr/bin/env python3\nimport sys\nprint('hello', sys.argv[1])\nEND\nchmod +x app.py",
      ),
      shell('start', './app.py world'),
      shell('elsewhere', 'mkdir app && cd app && ../app.py there'),
    ]);
    expect([printed(events), endOf(events).reason]).toEqual(['hello world\nhello there\n', 'finished']);
    await me.reset(id);
  });

  it('a failing program is a result: its traceback, its exit code, and nothing after it', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { events } = await me.run(id, [
      file('bad.py', 'def f():\n    return 1 / 0\nf()\n'),
      shell('bad', 'python bad.py'),
      shell('after', 'echo after'),
    ]);
    expect(endOf(events).reason).toBe('failed-step');
    expect(printed(events, 'stderr')).toBe(
      [
        'Traceback (most recent call last):',
        '  File "/home/reader/bad.py", line 3, in <module>',
        '    f()',
        '  File "/home/reader/bad.py", line 2, in f',
        '    return 1 / 0',
        '           ~~^~~',
        'ZeroDivisionError: division by zero',
        '',
      ].join('\n'),
    );
    expect(
      events.filter((event) => event.type === 'done').map(({ step, ok, exitCode }) => ({ step, ok, exitCode })),
    ).toEqual([
      { step: 'bad.py', ok: true, exitCode: undefined },
      { step: 'bad', ok: false, exitCode: 1 },
    ]);
    const wrong = await me.run(id, [sql('wrong', 'SELECT * FROM nothing_here')]);
    expect(endOf(wrong.events).reason).toBe('failed-step');
    expect(printed(wrong.events, 'stderr')).toContain('relation "nothing_here" does not exist\nSQLSTATE: 42P01');
    const exit = await me.run(id, [shell('exit', 'exit 7')]);
    expect(exit.events.find((event) => event.type === 'done')).toMatchObject({ ok: false, exitCode: 7 });
    await me.reset(id);
  });

  it('names the time limit that ended a run, of a program and of a statement', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    for (const step of [
      shell('slow', 'trap "" TERM INT; sleep 60'),
      file('spin.py', 'while True: pass'),
      shell('spin', 'python spin.py'),
      sql('sleep', 'SELECT pg_sleep(60)'),
    ]) {
      const { events } = await me.run(id, [step]);
      if (step.kind === 'file') continue;
      expect(endOf(events)).toMatchObject({
        reason: 'timed-out',
        message: expect.stringContaining('4 seconds') as string,
      });
    }
    expect(endOf((await me.run(id, [shell('alive', 'echo yes')])).events).reason).toBe('finished');
    await me.reset(id);
  });

  it('names the output limit that ended a run', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { events } = await me.run(id, [shell('yes', 'yes')]);
    expect(endOf(events)).toMatchObject({
      reason: 'too-much-output',
      message: expect.stringContaining('64 KiB') as string,
    });
    expect(printed(events).length).toBeLessThanOrEqual(64 * 1024);
    expect(printed(events).length).toBeGreaterThan(60 * 1024);
    const rows = await me.run(id, [sql('rows', "SELECT repeat('x', 60000) FROM generate_series(1, 3)")]);
    expect(endOf(rows.events).reason).toBe('too-much-output');
    await me.reset(id);
  });

  it('stops a run, with everything that it left behind', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    let stopped: Promise<unknown> | undefined;
    const { events } = await me.run(
      id,
      [shell('long', '(setsid sleep 1000 &) ; echo started; sleep 1000'), shell('next', 'echo next')],
      (event, location) => {
        if (event.type === 'output') stopped ??= me.fetch('DELETE', location);
      },
    );
    await stopped;
    expect(endOf(events).reason).toBe('stopped');
    expect(printed(events)).toBe('started\n');
    const { events: after } = await me.run(id, [shell('look', 'ps -eo user,comm | grep -c sleep; true')]);
    expect(printed(after)).toBe('0\n');
    await me.reset(id);
  });

  it('keeps a background step running next to other runs, its output apart, until its own Stop', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const serve: Step = {
      id: 'serve',
      kind: 'shell',
      command: 'python -m http.server 8000 --bind 127.0.0.1',
      background: true,
    };
    const ask = shell(
      'ask',
      `python -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:8000/').status)"`,
    );
    const first = await me.run(id, [serve, ask]);
    expect(endOf(first.events).reason).toBe('finished');
    const asked = first.events.slice(first.events.findIndex((event) => event.type === 'begin' && event.step === 'ask'));
    expect(printed(asked)).toBe('200\n');
    expect(printed((await me.run(id, [ask])).events)).toBe('200\n');
    await me.fetch('DELETE', first.location);
    expect(endOf((await me.run(id, [ask])).events).reason).toBe('failed-step');
    await me.reset(id);
  });

  it('fails a background step that exits at once, with its exit code', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { events } = await me.run(id, [{ id: 'serve', kind: 'shell', command: 'echo no; exit 3', background: true }]);
    expect(printed(events)).toBe('no\n');
    expect(events.find((event) => event.type === 'done')).toMatchObject({ ok: false, exitCode: 3 });
    await me.reset(id);
  });

  it('accepts a user in capitals, and reports one who can have no certificate as the reader’s error', async () => {
    const me = reader();
    const { id } = await me.claim('secure');
    const as = async (user: string): ReturnType<typeof me.run> =>
      await me.run(id, [{ id: user, kind: 'sql', statements: 'SELECT 1', user }]);
    await me.run(id, [sql('user', 'CREATE USER maxroach')]);
    for (const user of ['ROOT', 'maxroach', 'MaxRoach'])
      expect([user, endOf((await as(user)).events).reason]).toEqual([user, 'finished']);
    for (const user of ['nobody', '-'.padStart(63, '_')])
      expect([user, endOf((await as(user)).events).reason]).toEqual([user, 'failed-step']);
    await me.reset(id);
  });

  it('returns a run’s events again from any position', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const whole = await me.run(id, [shell('count', 'for i in 1 2 3 4 5; do echo $i; done')]);
    const again = await me.events(whole.location, 2);
    expect(again.events).toEqual(whole.events.slice(2));
    expect(again.ids).toEqual(whole.ids.slice(2));
    expect((await me.ask<Problem>('GET', whole.location, undefined, { 'last-event-id': 'x' })).status).toBe(400);
    await me.reset(id);
  });

  it('goes on when its reader’s connection breaks, and can be followed again', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const answer = await me.fetch('POST', `/api/sandboxes/${id}/runs`, {
      steps: [shell('slow', 'echo one; sleep 1; echo two')],
    });
    await answer.body?.cancel();
    const { events } = await me.events(answer.headers.get('location') ?? '');
    expect(printed(events)).toBe('one\ntwo\n');
    expect(endOf(events).reason).toBe('finished');
    await me.reset(id);
  });
});
