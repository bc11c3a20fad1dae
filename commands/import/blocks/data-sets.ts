import type { Mode } from '../../../shared/protocol.ts';
import type { StepFence } from '../block.ts';
import { textOfModes } from './mode-text.ts';

/** The data sets that `cockroach workload init` can set up here. */
const DATA_SETS = ['movr', 'bank', 'kv'];

/** Returns the data set that `cockroach demo` begins with: null for none, undefined for one that is not here. */
export function dataSetOf(command: string): string | null | undefined {
  if (/--(?:no-example-database|empty)\b/.test(command)) return null;
  const name = /^cockroach demo\s+([a-z]\w*)/.exec(command)?.[1] ?? 'movr';
  return DATA_SETS.includes(name) ? name : undefined;
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
