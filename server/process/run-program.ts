import { spawn } from 'node:child_process';
import { endProcess } from './end-process.ts';

const OUTPUT_BYTES = 1 << 20;

/** How a program ended and what it said. */
export interface ProgramEnd {
  /** `null` when a signal ended it. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** True when it was ended because its time was over. */
  timedOut: boolean;
}

/** Bounds and surroundings of a program. */
export interface ProgramOptions {
  deadlineMs: number;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Kept bytes of each of stdout and stderr; more is read and dropped. */
  outputBytes?: number;
}

/** Runs a program of the host to its end, in a process group of its own. Rejects only when it cannot be started. */
export function runProgram(file: string, args: string[], options: ProgramOptions): Promise<ProgramEnd> {
  const limit = options.outputBytes ?? OUTPUT_BYTES;
  return new Promise((settle, reject) => {
    // In a group of its own: a signal to ours, as from a terminal, must not end what cleans up.
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let timedOut = false;
    const deadline = setTimeout(() => {
      timedOut = true;
      void endProcess(child).then(() => {
        // A grandchild may hold the pipes open for ever: what is the program's own is over.
        child.stdout.destroy();
        child.stderr.destroy();
      });
    }, options.deadlineMs);
    const stdout = collect(child.stdout, limit);
    const stderr = collect(child.stderr, limit);
    child.once('error', (error) => {
      clearTimeout(deadline);
      reject(error);
    });
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
