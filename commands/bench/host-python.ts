import { execFileSync } from 'node:child_process';
import { readConfig } from '../../server/config.ts';

/** Runs a Python program without a sandbox, with the interpreter and the packages that sandboxes have. */
export function runOnHost(program: string): void {
  const setup = readConfig().setup.languages?.['python'];
  const python = setup && 'executable' in setup ? setup : { executable: 'python3', packages: [] };
  execFileSync(python.executable, ['-c', program], { env: { PYTHONPATH: python.packages.join(':') } });
}
