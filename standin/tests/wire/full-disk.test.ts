import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Connection, type Address } from '../conformance/statement-connection.ts';
import { startEngine } from '../conformance/statement-engine.ts';
import { standinCommand, STANDIN_MS } from '../support/standin.ts';

const DISK_MIB = 64;
const DISK_FILES = 2500;
const FULL = { code: '53100', message: `the sandbox's disk is full: its databases may take ${DISK_MIB} MiB` };

/** A small disk in memory, as a sandbox has; undefined where this user cannot mount one. */
function smallDisk(): { folder: string; remove: () => void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  const mounted = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${DISK_MIB}m,nr_inodes=${DISK_FILES},mode=755`,
    'tmpfs',
    folder,
  ]);
  if (mounted.status !== 0) return void rmSync(folder, { recursive: true });
  return {
    folder,
    remove: () => {
      spawnSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const disk = smallDisk();

// Without root's rights nobody can mount a small disk.
describe.skipIf(disk === undefined)('a cluster whose disk is full', () => {
  const journal = mkdtempSync(join(tmpdir(), 'journal-'));
  let engine: { address: Address; stop: () => Promise<void> };
  let client: Connection;
  beforeAll(async () => {
    chmodSync(journal, 0o755);
    mkdirSync(join(journal, 'inner'));
    engine = await startEngine(await standinCommand(), false, {
      args: [`--temp-dir=${disk!.folder}`],
      env: { STANDIN_JOURNAL: join(journal, 'inner') },
    });
  }, STANDIN_MS);
  beforeEach(async () => {
    client = await Connection.open(engine.address, { user: 'root', database: 'defaultdb' });
    onTestFinished(() => client.close());
  });
  afterAll(async () => {
    await engine?.stop();
    disk?.remove();
    rmSync(journal, { recursive: true, force: true });
  });
  const run = async (sql: string): Promise<void> => {
    const { error } = await client.ask({ sql });
    expect([sql, error]).toEqual([sql, null]);
  };
  const fill = 'INSERT INTO t (v) SELECT repeat(md5(g::STRING), 20) FROM generate_series(1, 200000) AS g';

  const fillSome = 'INSERT INTO filling SELECT repeat(md5(g::STRING), 4) FROM generate_series(1, 10000) AS g';

  it('refuses a statement with the name of the limit, and takes the next one', async () => {
    await run('CREATE TABLE t (id INT PRIMARY KEY DEFAULT unique_rowid(), v STRING)');
    expect(await client.ask({ sql: fill })).toMatchObject({ error: FULL, status: 'I' });
    expect(await client.ask({ sql: 'SELECT count(*) FROM t' })).toMatchObject({ answers: [{ rows: [['0']] }] });
    await run("INSERT INTO t (v) VALUES ('a')");
  });

  it('ends the transaction of the statement', async () => {
    await run("BEGIN; INSERT INTO t (v) VALUES ('b')");
    expect(await client.ask({ sql: fill })).toMatchObject({ error: FULL, status: 'E' });
    await run('ROLLBACK');
    expect(await client.ask({ sql: 'SELECT count(*) FROM t' })).toMatchObject({ answers: [{ rows: [['1']] }] });
  });

  it.each(['DELETE FROM t', 'TRUNCATE t', 'DROP TABLE t; CREATE TABLE t (v STRING)'])(
    'goes on after %s, row by row filled',
    async (emptying) => {
      const some = fill.replace('200000', '2000');
      let last = await client.ask({ sql: some });
      while (!last.error) last = await client.ask({ sql: some });
      expect(last.error).toMatchObject(FULL);
      await run(emptying);
      for (let i = 0; i < 5; i++) await run(some);
    },
  );

  it('uses the space of some deleted rows again', async () => {
    await run('DROP TABLE t; CREATE TABLE t (id INT PRIMARY KEY DEFAULT unique_rowid(), v STRING)');
    const some = fill.replace('200000', '2000');
    while (!(await client.ask({ sql: some })).error);
    await run('DELETE FROM t WHERE id < (SELECT avg(id) FROM t)');
    for (let i = 0; i < 3; i++) await run(some);
  });

  it('survives updates that write more than the disk holds', async () => {
    await run('DROP TABLE t; CREATE TABLE t (id INT PRIMARY KEY, v STRING); CREATE INDEX ON t (v)');
    await run('INSERT INTO t SELECT g, repeat(md5(g::STRING), 20) FROM generate_series(1, 5000) AS g');
    for (let i = 0; i < 12; i++) await run(`UPDATE t SET v = repeat(md5((id + ${i})::STRING), 20)`);
  });

  it('has no room for another database, until one is dropped', async () => {
    await run('DROP TABLE t');
    let count = 0;
    let last = await client.ask({ sql: `CREATE DATABASE d${count}` });
    while (!last.error) last = await client.ask({ sql: `CREATE DATABASE d${++count}` });
    expect(last.error).toMatchObject(FULL);
    await run('CREATE TABLE filling (v STRING)');
    while (!(await client.ask({ sql: fillSome })).error);
    for (let i = 0; i < count; i++) {
      const inside = await Connection.open(engine.address, { user: 'root', database: `d${i}` });
      onTestFinished(() => inside.close());
      expect(await inside.ask({ sql: 'SELECT 1' }), `d${i} can be used`).toMatchObject({
        answers: [{ rows: [['1']] }],
      });
    }
    await run('DROP TABLE filling; DROP DATABASE d0');
    await run('CREATE DATABASE again');
    await run('CREATE TABLE again.t (a INT); INSERT INTO again.t VALUES (1)');
    await run('DROP DATABASE again CASCADE');
    for (let i = 1; i < count; i++) await run(`DROP DATABASE d${i}`);
  });

  it('refuses tables when it is full of files, until some are dropped', async () => {
    const create = (i: number): string => `CREATE TABLE many_${i} (id INT PRIMARY KEY, v STRING)`;
    let count = 0;
    let last = await client.ask({ sql: create(count) });
    while (!last.error) last = await client.ask({ sql: create(++count) });
    const message = `the sandbox's disk is full: its databases may have ${DISK_FILES} files`;
    expect(last.error).toMatchObject({ code: '53100', message });
    await run(`DROP TABLE ${Array.from({ length: count / 2 }, (_, i) => `many_${i}`).join(', ')}`);
    await run(create(0));
  });

  it('drops a database from another one, however it was filled', async () => {
    await run('CREATE TABLE filling (v STRING)');
    while (!(await client.ask({ sql: fillSome })).error);
    const other = await Connection.open(engine.address, { user: 'root', database: 'postgres' });
    onTestFinished(() => other.close());
    expect((await other.ask({ sql: 'DROP DATABASE defaultdb CASCADE' })).error).toBeNull();
    expect((await other.ask({ sql: 'CREATE DATABASE defaultdb' })).error).toBeNull();
  });
});
