import { readConfig } from '../../server/config.ts';

/** Returns the interpreter that sandboxes have, and an environment in which it finds their packages. */
export function hostPython(): { executable: string; env: { PYTHONPATH: string } } {
  const setup = readConfig().setup.languages?.['python'];
  const { executable, packages } =
    setup && 'executable' in setup ? setup : { executable: 'python3', packages: [] as string[] };
  return { executable, env: { PYTHONPATH: packages.join(':') } };
}
