import { join } from 'node:path';
import { prepareStandin } from '../../../server/setup/standin.mjs';

const ROOT = join(import.meta.dirname, '..', '..', '..');
/** How long setting up the stand-in may take, the first time on a slow machine. */
export const STANDIN_MS = 240_000;

/** Returns the path of the stand-in's `cockroach`, setting it up first if necessary. */
export async function standinCommand(): Promise<string> {
  const { directory } = await prepareStandin({ root: ROOT, stateDir: join(ROOT, '.bankrun'), say: () => undefined });
  return join(directory, 'bin', 'cockroach');
}
