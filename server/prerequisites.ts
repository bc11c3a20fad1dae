import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { missingLanguages, partsOfLanguages } from '../languages/in-sandbox.ts';
import { installedEngine } from './cluster/installed-engine.ts';
import type { Config } from './config.ts';
import { AppError } from './errors.ts';
import { openRuntime } from './oci/open-runtime.ts';
import type { Prerequisites } from './sandbox/cluster-container.ts';

/**
 * What the service runs on, from what set-up found. Programs that run at the same time have different instances, and so
 * each its own table of containers. Throws AppError `unavailable` with the operator's sentence of what is missing.
 */
export async function openPrerequisites({ setup, stateDir, instance }: Config): Promise<Prerequisites> {
  const { runtime: found } = setup;
  // All that is missing, so that whoever mends it need not come twice.
  const missing = [setup.missing, found && 'missing' in found ? found.missing : undefined].filter(
    (sentence) => sentence !== undefined,
  );
  if (missing.length > 0) throw notSetUp(missing.join(' '));
  if (!found || 'missing' in found)
    throw notSetUp('No container runtime was found: run `npm start`, which looks for one.');
  if (!setup.python)
    throw notSetUp('No Python that the tutorials run on was found: run `npm start`, which looks for one.');
  const languages = partsOfLanguages(setup.languages ?? {});
  if (!languages) {
    const sentences = missingLanguages(setup.languages ?? {});
    throw notSetUp(
      sentences.join(' ') || 'No language of the tutorials was found: run `npm start`, which installs them.',
    );
  }
  await access(stateDir, constants.W_OK).catch(({ code }: NodeJS.ErrnoException) => {
    throw notSetUp(`Runs write below ${stateDir}, which cannot be written here (${code}).`);
  });
  const engine = installedEngine(setup.engine, setup.standin);
  const runtime = await openRuntime({
    stateDir: join(stateDir, instance),
    program: found,
    python: setup.python,
    common: languages,
  });
  await runtime.sweep().catch(async (cause: unknown) => {
    await runtime.close().catch(() => undefined);
    throw cause;
  });
  return { runtime, engine, python: setup.python.executable };
}

/** Readers need not know what this machine lacks, and where. */
function notSetUp(forOperator: string): AppError {
  return new AppError('unavailable', 'This server has not all that it needs to run code.', { forOperator });
}
