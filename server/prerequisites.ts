import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { missingLanguages, partsOfLanguages } from '../languages/in-sandbox.ts';
import { installedEngine } from './cluster/installed-engine.ts';
import type { Config } from './config.ts';
import { AppError } from './errors.ts';
import { log } from './log.ts';
import { openRuntime } from './oci/open-runtime.ts';
import type { Report } from './report.ts';
import type { Prerequisites } from './sandbox/cluster-container.ts';
import { PREREQUISITE_MISSING } from './sentences/unavailable-sentences.ts';

/**
 * Opens the runtime and the engine that set-up found. Programs that run at the same time must have different instances,
 * so that each manages only its own containers. Throws AppError `unavailable`, with a sentence for the operator about
 * what is missing.
 */
export async function openPrerequisites(
  { setup, stateDir, instance }: Config,
  report: Report = log,
): Promise<Prerequisites> {
  const { runtime: found } = setup;
  // Everything that is missing, so that the operator can fix it in one go.
  const missing = [setup.missing, found && 'missing' in found ? found.missing : undefined].filter(
    (sentence) => sentence !== undefined,
  );
  if (missing.length > 0) throw notSetUp(missing.join(' '));
  if (!found || 'missing' in found)
    throw notSetUp('No container runtime was found: run `npm start`, which looks for one.');
  if (!setup.python) throw notSetUp('No suitable Python was found: run `npm start`, which looks for one.');
  const languages = partsOfLanguages(setup.languages ?? {});
  if (!languages) {
    const sentences = missingLanguages(setup.languages ?? {});
    throw notSetUp(
      sentences.join(' ') || 'None of the tutorials’ languages was found: run `npm start`, which installs them.',
    );
  }
  await access(stateDir, constants.W_OK).catch(({ code }: NodeJS.ErrnoException) => {
    throw notSetUp(`Runs need to write to ${stateDir}, which is not writable (${code}).`);
  });
  const engine = installedEngine(setup.engine, setup.standin);
  const runtime = await openRuntime({
    stateDir: join(stateDir, instance),
    program: found,
    python: setup.python,
    common: languages,
    report,
  });
  const count = await runtime.sweep().catch(async (cause: unknown) => {
    await runtime.close().catch(() => undefined);
    throw cause;
  });
  if (count > 0) report({ type: 'swept', what: 'containers', count });
  return { runtime, engine, python: setup.python.executable };
}

/** Readers must not see what this machine lacks, or its paths. */
function notSetUp(forOperator: string): AppError {
  return new AppError('unavailable', PREREQUISITE_MISSING, { forOperator });
}
