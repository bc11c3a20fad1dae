import { spawn } from 'node:child_process';
import { join } from 'node:path';

const CHECK_MS = 10 * 60_000;

/** A check of the whole project that is no test: a command of one of our packages. */
export interface Check {
  name: string;
  /** A command in node_modules/.bin with its arguments. */
  command: [string, ...string[]];
}

/** What came of a check; the output is for the person who has to mend it. */
export interface CheckOutcome {
  name: string;
  ok: boolean;
  output: string;
  ms: number;
}

/** Runs a check to its end, or ends it after ten minutes. Never throws. */
export function runCheck(root: string, { name, command: [program, ...args] }: Check): Promise<CheckOutcome> {
  const begin = Date.now();
  return new Promise((settle) => {
    const child = spawn(join(root, 'node_modules/.bin', program), args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
      timeout: CHECK_MS,
    });
    const chunks: Buffer[] = [];
    const end = (ok: boolean, more: string): void => {
      settle({ name, ok, output: (Buffer.concat(chunks).toString('utf8') + more).trim(), ms: Date.now() - begin });
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (cause) => end(false, cause.message));
    child.once('close', (code, signal) => end(code === 0, signal ? `\nended by ${signal}` : ''));
  });
}
