import { join } from 'node:path';
import { prepareStandin } from '../../../server/setup/standin.mjs';

const ROOT = join(import.meta.dirname, '..', '..', '..');
/** Setting it up may take that long, the first time on a slow machine. */
export const STANDIN_MS = 240_000;

/** The path of the stand-in's `cockroach`, set up where it is not. */
export async function standinCommand(): Promise<string> {
  const { directory } = await prepareStandin({ root: ROOT, stateDir: join(ROOT, '.bankrun'), say: () => undefined });
  return join(directory, 'bin', 'cockroach');
}
