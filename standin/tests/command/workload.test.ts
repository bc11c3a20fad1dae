import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { standinCommand, STANDIN_MS } from '../support/standin.ts';
import { rowsAsText, useStandin } from '../wire/served.ts';

const run = promisify(execFile);

describe('cockroach workload init', { timeout: STANDIN_MS }, () => {
  const served = useStandin();

  /** Runs the command against the engine's database of that name; returns its exit code and standard error. */
  async function init(words: readonly string[], database = ''): Promise<{ code: number; stderr: string }> {
    const url = `postgresql://root@localhost:${served.address.port}/${database}?sslmode=disable`;
    return await run(await standinCommand(), ['workload', 'init', ...words, url]).then(
      ({ stderr }) => ({ code: 0, stderr }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
    );
  }
  const rows = async (sql: string): Promise<string[] | string> => await rowsAsText(served.client, sql);

  it('makes MovR with CockroachDB’s numbers of rows, ids and cities, and logs each table', async () => {
    const { code, stderr } = await init(['movr']);
    expect(code).toBe(0);
    expect(stderr.match(/imported \w+ \(\d+s, \d+ rows\)/g)?.map((line) => line.replace(/\d+s, /, ''))).toEqual([
      'imported users (50 rows)',
      'imported vehicles (15 rows)',
      'imported rides (500 rows)',
      'imported vehicle_location_histories (1000 rows)',
      'imported promo_codes (1000 rows)',
    ]);
    // Ids that CockroachDB's documentation shows: every 50th of the space of UUIDs for users, 15th for vehicles.
    expect(await rows('SELECT id FROM movr.users WHERE id::STRING LIKE $$ae%$$')).toEqual([
      'ae147ae1-47ae-4800-8000-000000000022',
    ]);
    expect(await rows("SELECT DISTINCT city FROM movr.users WHERE city > 'p' ORDER BY city")).toEqual([
      'paris',
      'rome',
      'san francisco',
      'seattle',
      'washington dc',
    ]);
    expect(await rows('SELECT count(*) FROM movr.user_promo_codes')).toEqual(['0']);
  });

  it('draws riders and vehicles of the ride’s own city, and makes the same rows again with --drop', async () => {
    const sum = 'SELECT md5(string_agg(id::STRING || name || address, $$$$ ORDER BY id)) FROM movr.users';
    await init(['movr', '--drop']);
    const before = await rows(sum);
    expect((await init(['movr', '--drop'])).code).toBe(0);
    expect(await rows(sum)).toEqual(before);
    const own = 'SELECT count(*) FROM movr.rides r JOIN movr.users u ON u.id = r.rider_id WHERE u.city = r.city';
    expect(await rows(own)).toEqual(['500']);
  });

  it('makes the bank in the database of the URL, with as many accounts as wanted', async () => {
    expect((await init(['bank', '--rows=7', '--payload-bytes=5'], 'savings')).code).toBe(0);
    expect(await rows('SELECT count(*), sum(balance), max(length(payload)) FROM savings.bank')).toEqual(['7 0 5']);
  });

  it('fails with the server’s error when the rows are there already', async () => {
    await init(['bank', '--rows=2'], 'twice');
    const again = await init(['bank', '--rows=2'], 'twice');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('ERROR: pq: duplicate key value violates unique constraint');
  });

  it.each([
    [['tpcc'], 'does not have the workload "tpcc"; it has bank, kv, movr'],
    [['movr', '--num-users=3'], 'at least 9 users are required'],
    [['movr', '--num-users=many'], 'invalid argument "many" for "--num-users" flag'],
    [['bank', '--rows=1'], 'Value of rows must be greater than one; was 1'],
  ])('refuses %j with a sentence', async (words, sentence) => {
    const { code, stderr } = await init(words);
    expect(code).not.toBe(0);
    expect(stderr).toContain(sentence);
  });
});
