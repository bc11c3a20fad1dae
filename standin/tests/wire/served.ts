import { afterAll, beforeAll } from 'vitest';
import { Connection, type Address } from '../conformance/statement-connection.ts';
import { startEngine } from '../conformance/statement-engine.ts';
import type { Step, Trouble } from '../conformance/statement-recording.ts';
import { standinCommand, STANDIN_MS } from '../support/standin.ts';

/** The stand-in that serves the tests of a suite, and root's connection to it. */
export interface Served {
  address: Address;
  client: Connection;
}

/** Plays a statement on a connection; returns its rows, its command tag, or what `tell` says of its error. */
async function outcome(client: Connection, step: Step, tell: (error: Trouble) => string): Promise<unknown> {
  const { answers, error } = await client.ask(step);
  const last = answers.at(-1);
  if (error) return tell(error);
  return last?.columns.length ? last.rows : last?.tag;
}

const words = ({ code, message }: Trouble): string => `${code} ${message}`;

/** Plays a statement; returns its rows, its command tag, or its error as `42P01 relation …`. */
export async function playOne(client: Connection, step: Step): Promise<unknown> {
  return await outcome(client, step, words);
}

/** Plays statements one after the other; returns what `playOne` does for each, an error as `tell` says it. */
export async function play(client: Connection, texts: readonly string[], tell = words): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const sql of texts) seen.push(await outcome(client, { sql }, tell));
  return seen;
}

/** Returns the rows of the last answer to a text, one string for each, or its error as `42P01 relation …`. */
export async function rowsAsText(client: Connection, sql: string): Promise<string[] | string> {
  const { answers, error } = await client.ask({ sql });
  return error ? words(error) : (answers.at(-1)?.rows.map((row) => row.map(String).join(' ')) ?? []);
}

/** Serves the stand-in while a suite runs. The returned object is filled when the first test begins. */
export function useStandin(): Served {
  const served = {} as Served;
  let engine: Awaited<ReturnType<typeof startEngine>> | undefined;
  beforeAll(async () => {
    engine = await startEngine(await standinCommand(), false);
    served.address = engine.address;
    served.client = await Connection.open(engine.address, { user: 'root', database: 'defaultdb' });
  }, STANDIN_MS);
  afterAll(async () => {
    await served.client?.close();
    await engine?.stop();
  });
  return served;
}
