import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEngine } from '../../standin/tests/conformance/statement-engine.ts';
import { standinCommand } from '../../standin/tests/support/standin.ts';
import { median, timed } from './timing.ts';

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
interface StatementFigures {
  statement: string;
  /** From sending the text to the stand-in until its whole answer has come. */
  standinMs: number;
  /** The same with the PostgreSQL underneath it, without the stand-in between. */
  postgresMs: number;
}

/** Measures what the stand-in's translating and relaying adds to statements, and prints it. */
export async function printStatements(): Promise<void> {
  for (const { statement, standinMs, postgresMs } of await measureStatements()) {
    const added = `${(standinMs - postgresMs).toFixed(2)} ms`;
    const ratio = (standinMs / postgresMs).toFixed(1);
    const both = `${standinMs.toFixed(2)} ms, ${ratio} times PostgreSQL alone (${postgresMs.toFixed(2)} ms)`;
    console.log(`${`what the stand-in adds to: ${statement}`.padEnd(58)} ${added.padStart(9)}  ${both}`);
  }
}

/** Both take turns, in one run. */
async function measureStatements(): Promise<StatementFigures[]> {
  const temporary = mkdtempSync(join(tmpdir(), 'bench-standin-'));
  // Root runs PostgreSQL as another user, which must reach its data in there.
  chmodSync(temporary, 0o711);
  const node = await startEngine(await standinCommand(), false, { args: [`--temp-dir=${temporary}`] });
  try {
    const standin = await connect({ host: '127.0.0.1', port: node.address.port });
    const [folder] = readdirSync(temporary);
    const postgres = await connect({ host: join(temporary, folder!, 'data'), port: 5432 });
    await standin.query(SCHEMA);
    await postgres.query(SCHEMA.replace('accounts', 'direct_accounts'));
    const figures: StatementFigures[] = [];
    for (const [statement, text] of Object.entries(STATEMENTS)) {
      const own: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        own.push(await timed(() => standin.query(text(round))));
        bare.push(await timed(() => postgres.query(text(round).replace('accounts', 'direct_accounts'))));
      }
      figures.push({ statement, standinMs: median(own), postgresMs: median(bare) });
    }
    await Promise.all([standin.end(), postgres.end()]);
    return figures;
  } finally {
    await node.stop();
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function connect(address: { host: string; port: number }): Promise<pg.Client> {
  const client = new pg.Client({ ...address, user: 'root', database: 'defaultdb' });
  await client.connect();
  return client;
}
