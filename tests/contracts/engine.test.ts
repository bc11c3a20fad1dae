import { describe, expect, it } from 'vitest';
import { MODES } from '../../shared/modes.ts';
import type { Health, Mode, Step } from '../../shared/protocol.ts';
import { endOf, printed, type Reader } from '../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../support/shared-server.ts';

const FLAGS: Record<Mode, string> = { secure: '--certs-dir=certs', insecure: '--insecure' };

/** What any engine must do in a sandbox, whichever `cockroach` set-up chose. */
describe.skipIf(withoutSandbox).each(MODES)('the engine, %s', { timeout: 90_000 }, (mode) => {
  const { reader } = useOwnServer({ WARM_PER_MODE: '0', STEP_SECONDS: '15' });
  const flags = FLAGS[mode];

  async function withSandbox<T>(
    work: (me: Reader, id: string, shell: (command: string) => Promise<{ text: string; ok: boolean }>) => Promise<T>,
  ): Promise<T> {
    const me = reader();
    const { id } = await me.claim(mode);
    try {
      return await work(me, id, async (command) => {
        const { events } = await me.run(id, [{ id: 'shell', kind: 'shell', command } satisfies Step]);
        return { text: printed(events), ok: endOf(events).reason === 'finished' };
      });
    } finally {
      await me.reset(id);
    }
  }

  it('answers as the cockroach command, at the address that the tutorials use', async () => {
    await withSandbox(async (_, __, shell) => {
      expect((await shell('cockroach version')).text).toMatch(/Build Tag:\s+v\d+\.\d+\.\d+/);
      expect(await shell(`cockroach sql ${flags} --host=localhost:26257 -e 'SELECT 1 AS one' --format=csv`)).toEqual({
        text: 'one\n1\n',
        ok: true,
      });
      expect((await shell(`cockroach sql ${flags} -e 'SELECT version()' --format=csv`)).text).toContain('CockroachDB');
      expect((await shell(`cockroach sql ${flags} < /dev/null`)).ok).toBe(true);
    });
  });

  it('holds users, grants and a database for an application', async () => {
    await withSandbox(async (_, __, shell) => {
      const run = async (statement: string): Promise<void> =>
        expect(await shell(`cockroach sql ${flags} -e "${statement}"`)).toMatchObject({ ok: true });
      await run('CREATE USER IF NOT EXISTS maxroach');
      await run('CREATE DATABASE bank');
      await run('GRANT ALL ON DATABASE bank TO maxroach');
      if (mode === 'secure')
        expect(
          await shell('cockroach cert create-client maxroach --certs-dir=certs --ca-key=my-safe-directory/ca.key'),
        ).toMatchObject({ ok: true });
      const asUser = `cockroach sql ${flags} --user=maxroach --database=bank --format=csv`;
      expect(
        await shell(
          `${asUser} -e 'CREATE TABLE t (id INT PRIMARY KEY)' ` +
            "-e 'INSERT INTO t VALUES (1), (2)' -e 'SELECT count(*) FROM t'",
        ),
      ).toEqual({ text: 'CREATE TABLE\nINSERT 2\ncount\n2\n', ok: true });
    });
  });

  it('lets the server in as any user, without the reader’s files', async () => {
    await withSandbox(async (me, id, shell) => {
      await shell('rm -rf certs my-safe-directory');
      const step = (user: string, statements: string): Step => ({ id: 'sql', kind: 'sql', user, statements });
      expect(
        endOf((await me.run(id, [step('root', 'CREATE USER maxroach'), step('maxroach', 'SELECT 1')])).events).reason,
      ).toBe('finished');
      const unknown = await me.run(id, [step('nobody_here', 'CREATE TABLE x (id INT)')]);
      expect(endOf(unknown.events).reason).toBe('failed-step');
    });
  });

  it('cannot be ended, read or written by the reader’s processes', async () => {
    await withSandbox(async (me, _, shell) => {
      const { body: health } = await me.ask<Health>('GET', '/api/health');
      // gVisor shows every program's environment to all programs; none contains a secret.
      const closed = health.runtime?.startsWith('runsc') ? 'mem' : 'mem environ';
      const { text } = await shell(`
        for p in /proc/[0-9]*; do
          uid=$(awk '/^Uid:/ { print $2 }' $p/status 2>/dev/null)
          [ "\${uid:-1000}" = 1000 ] && continue
          [ "$uid" = 1001 ] && seen=yes
          kill -9 \${p#/proc/} 2>/dev/null && echo "killed $p"
          for part in ${closed}; do cat $p/$part >/dev/null 2>&1 && echo "read $p/$part"; done
          ls $p/root/ >/dev/null 2>&1 && echo "entered $p/root"
        done
        for directory in /run/engine /var/lib/standin/data; do find $directory -mindepth 1 2>/dev/null; done
        echo "the engine was seen: $seen"`);
      expect(text).toBe('the engine was seen: yes\n');
      expect(await shell(`cockroach sql ${flags} -e 'SELECT 1' --format=csv`)).toMatchObject({ ok: true });
    });
  });

  it('asks for TLS and the right certificate', async (context) => {
    if (mode === 'insecure') return context.skip('an insecure cluster has no certificates');
    await withSandbox(async (_, __, shell) => {
      expect((await shell('cockroach sql --insecure -e "SELECT 1"')).ok).toBe(false);
      expect((await shell('cockroach sql --certs-dir=certs --user=nobody_here -e "SELECT 1"')).ok).toBe(false);
      expect((await shell('find certs/client.root.key my-safe-directory/ca.key -printf "%M\\n"')).text).toBe(
        '-rw-------\n-rw-------\n',
      );
      const python = (options: string): string =>
        `python -c "import psycopg2; psycopg2.connect('host=localhost port=26257 dbname=defaultdb ${options}')"`;
      const root = 'sslrootcert=certs/ca.crt sslcert=certs/client.root.crt sslkey=certs/client.root.key';
      expect((await shell(python(`user=root sslmode=verify-full ${root}`))).ok).toBe(true);
      expect((await shell(python(`user=maxroach sslmode=verify-full ${root}`))).ok).toBe(false);
      expect((await shell(python('user=root sslmode=disable'))).ok).toBe(false);
    });
  });

  it('ends its sandbox, which says so, when a statement ends the engine', async () => {
    await withSandbox(async (me, id) => {
      const { events } = await me.run(id, [
        { id: 'panic', kind: 'sql', user: 'root', statements: "SELECT crdb_internal.force_panic('x')" },
      ]);
      expect(endOf(events)).toMatchObject({ reason: 'lost', message: expect.stringContaining('stopped it') as string });
    });
  });

  it('refuses or runs out of memory, and says so, when it is filled up; other readers notice nothing', async () => {
    const other = reader();
    const { id: theirs } = await other.claim(mode);
    await withSandbox(async (me, id) => {
      const fill =
        'CREATE TABLE big (id INT PRIMARY KEY, text STRING); ' +
        'INSERT INTO big SELECT g, md5(g::STRING) FROM generate_series(1, 20000000) AS g';
      const { events } = await me.run(id, [{ id: 'fill', kind: 'sql', user: 'root', statements: fill }]);
      const end = endOf(events);
      if (end.reason === 'lost') expect(end.message).toMatch(/ran out of memory \(the limit is \d+ MiB\)/);
      else expect(['failed-step', 'timed-out']).toContain(end.reason);
    });
    expect(
      endOf((await other.run(theirs, [{ id: 'one', kind: 'sql', user: 'root', statements: 'SELECT 1' }])).events)
        .reason,
    ).toBe('finished');
    await other.reset(theirs);
  });
});
