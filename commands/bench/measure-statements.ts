import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prepareStandin } from '../../server/setup/standin.mjs';
import { freePorts } from '../../standin/tests/support/free-ports.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const READY_MS = 30_000;
const KNOCK_MS = 100;
const ROUNDS = 600;
/** Statements as tutorials have them, which PostgreSQL understands, too. */
const SCHEMA = 'CREATE TABLE accounts (id INT8 PRIMARY KEY, balance INT8 NOT NULL, owner VARCHAR(40))';
const STATEMENTS: Record<string, (round: number) => string> = {
  INSERT: (round) => `INSERT INTO accounts (id, balance, owner) VALUES (${round}, ${round * 7}, 'reader ${round}')`,
  'SELECT by key': (round) => `SELECT id, balance FROM accounts WHERE id = ${round}`,
  UPDATE: (round) => `UPDATE accounts SET balance = balance - 1 WHERE id = ${round} RETURNING balance`,
  'SELECT of a sum': (round) =>
    `SELECT owner, count(*), sum(balance) AS total
    FROM accounts AS a
    WHERE id BETWEEN ${round} AND ${round + 20} AND NOT (balance < 0 OR owner IS NULL)
    GROUP BY owner
    ORDER BY owner DESC
    LIMIT 5`,
};

/** One kind of statement: medians over one connection, milliseconds. */
export interface StatementFigures {
  statement: string;
  /** From sending the text to the stand-in until its whole answer has come. */
  standinMs: number;
  /** The same with the PostgreSQL underneath it, without the stand-in between. */
  postgresMs: number;
}

/** Measures what the stand-in's translating and relaying adds to statements. Both take turns, in one run. */
export async function measureStatements(): Promise<StatementFigures[]> {
  const { directory } = await prepareStandin({ root: ROOT, stateDir: join(ROOT, '.bankrun'), say: console.log });
  const temporary = mkdtempSync(join(tmpdir(), 'bench-standin-'));
  // Root runs PostgreSQL as another user, which must reach its data in there.
  chmodSync(temporary, 0o711);
  const [port = 0, httpPort = 0] = await freePorts(2);
  const node = spawn(
    join(directory, 'bin', 'cockroach'),
    [
      'start-single-node',
      '--insecure',
      '--store=type=mem,size=640MiB',
      `--temp-dir=${temporary}`,
      `--listen-addr=localhost:${port}`,
      `--http-addr=localhost:${httpPort}`,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => void node.once('exit', () => resolve()));
  try {
    const standin = await connect({ host: '127.0.0.1', port });
    const [folder] = readdirSync(temporary);
    const postgres = await connect({ host: join(temporary, folder!, 'data'), port: 5432 });
    await standin.query(SCHEMA);
    await postgres.query(SCHEMA.replace('accounts', 'direct_accounts'));
    const figures: StatementFigures[] = [];
    for (const [statement, text] of Object.entries(STATEMENTS)) {
      const own: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        own.push(await timed(standin, text(round)));
        bare.push(await timed(postgres, text(round).replace('accounts', 'direct_accounts')));
      }
      figures.push({ statement, standinMs: median(own), postgresMs: median(bare) });
    }
    await Promise.all([standin.end(), postgres.end()]);
    return figures;
  } finally {
    node.kill('SIGTERM');
    await ended;
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function connect(address: { host: string; port: number }): Promise<pg.Client> {
  const deadlineMs = performance.now() + READY_MS;
  for (;;) {
    const client = new pg.Client({ ...address, user: 'root', database: 'defaultdb' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
      await new Promise((wake) => setTimeout(wake, KNOCK_MS));
    }
  }
}

async function timed(client: pg.Client, sql: string): Promise<number> {
  const began = performance.now();
  await client.query(sql);
  return performance.now() - began;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
