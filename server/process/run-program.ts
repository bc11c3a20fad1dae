import { spawn } from 'node:child_process';
import { endProcess } from './end-process.ts';
import { hasPipes } from './pipes.ts';

const OUTPUT_BYTES = 1 << 20;

/** How a program ended, and its output. */
export interface ProgramEnd {
  /** `null` when it was killed by a signal. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** Whether it was killed at its deadline. */
  timedOut: boolean;
}

/** A program's limits, folder and environment. */
export interface ProgramOptions {
  deadlineMs: number;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** How many bytes of stdout and of stderr are kept; more is read and dropped. */
  outputBytes?: number;
}

/** Runs a program on the host to its end, in its own process group. Rejects only when it cannot be started. */
export function runProgram(file: string, args: string[], options: ProgramOptions): Promise<ProgramEnd> {
  const limit = options.outputBytes ?? OUTPUT_BYTES;
  return new Promise((settle, reject) => {
    // In its own group, so that Ctrl-C in the server's terminal does not end a program that cleans up.
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Before anything else: without a listener, a program that cannot be started would end the server.
    child.once('error', reject);
    if (!hasPipes(child)) return;
    let timedOut = false;
    const deadline = setTimeout(() => {
      timedOut = true;
      void endProcess(child).then(() => {
        // A grandchild may keep the pipes open for ever, but the program itself has ended.
        child.stdout.destroy();
        child.stderr.destroy();
      });
    }, options.deadlineMs);
    const stdout = collect(child.stdout, limit);
    const stderr = collect(child.stderr, limit);
    child.once('error', () => clearTimeout(deadline));
    child.once('close', (exitCode) => {
      clearTimeout(deadline);
      settle({ exitCode, stdout: stdout(), stderr: stderr(), timedOut });
    });
  });
}

function collect(stream: NodeJS.ReadableStream, limit: number): () => string {
  const parts: Buffer[] = [];
  let left = limit;
  stream.on('data', (bytes: Buffer) => {
    if (left > 0) parts.push(bytes.subarray(0, left));
    left -= bytes.length;
  });
  return () => Buffer.concat(parts).toString('utf8');
}
