import { afterAll, beforeAll } from 'vitest';
import { Connection, type Address } from '../conformance/statement-connection.ts';
import { startEngine } from '../conformance/statement-engine.ts';
import { standinCommand, STANDIN_MS } from '../support/standin.ts';

/** The stand-in that serves the tests of a suite, and root's connection to it. */
export interface Served {
  address: Address;
  client: Connection;
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
