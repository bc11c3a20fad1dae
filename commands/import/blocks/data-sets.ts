import type { Mode } from '../../../shared/protocol.ts';
import type { StepFence } from '../block.ts';
import { textOfModes } from './mode-text.ts';

/** The data sets that `cockroach workload init` can set up here, each with its tables. */
const DATA_SETS: Record<string, string> = {
  movr: 'users vehicles rides vehicle_location_histories promo_codes user_promo_codes',
  bank: 'bank',
  kv: 'kv',
};

/** Data sets of CockroachDB that are not here: an empty database of that name would say nothing. */
export const MISSING_DATA_SETS = ['startrek', 'intro', 'tpcc', 'tpch', 'ycsb'];

/** Returns the data set that `cockroach demo` begins with: null for none, undefined for one that is not here. */
export function dataSetOf(command: string): string | null | undefined {
  if (/--(?:no-example-database|empty)\b/.test(command)) return null;
  const name = /^cockroach demo\s+([a-z]\w*)/.exec(command)?.[1] ?? 'movr';
  return name in DATA_SETS ? name : undefined;
}

/** Returns the data set that has a database or table of that name; undefined when none here does. */
export function dataSetWith(name: string): string | undefined {
  if (name in DATA_SETS) return name;
  return Object.keys(DATA_SETS).find((each) => DATA_SETS[each]!.split(' ').includes(name));
}

/** Returns the step that sets up a data set. */
export function setUpStep(name: string): StepFence {
  const command = `$ cockroach workload init ${name} 'postgresql://root@localhost:26257?sslmode=disable'`;
  return { kind: 'shell', text: textOfModes(command), meta: 'run', prompts: true };
}

/** Returns the step that opens the SQL shell. */
export function openShellStep(database: string | undefined): StepFence {
  const command = (flag: string): string =>
    `$ cockroach sql ${flag}${database === undefined ? '' : ` --database=${database}`}`;
  const text: Record<Mode, string> = { secure: command('--certs-dir=certs'), insecure: command('--insecure') };
  return { kind: 'shell', text, meta: 'run', prompts: true };
}
