import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a program and all that it started have used until it ended. */
export interface ProgramCost {
  ok: boolean;
  /** What it printed, for when it failed. */
  output: string;
  wallMs: number;
  processorMs: number;
  /** The most memory that all its processes had together, as far as it was seen; NaN where there is no `/proc`. */
  peakBytes: number;
}

const LOOK_EVERY_MS = 100;
const PAGE_BYTES = 4096;

/** Runs a program to its end and returns what it cost. `times` of the shell counts what it started, too. */
export async function costOf(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<ProgramCost> {
  const startMs = performance.now();
  const shell = spawn('sh', ['-c', '"$@"; code=$?; times >&3; exit $code', 'sh', program, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  let times = '';
  shell.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  shell.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  shell.stdio[3]!.on('data', (chunk: Buffer) => (times += chunk.toString()));
  let peakBytes = Number.NaN;
  const look = setInterval(() => {
    const bytes = memoryOf(shell.pid!);
    if (!(bytes <= peakBytes)) peakBytes = bytes;
  }, LOOK_EVERY_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => shell.on('error', reject).on('close', resolve));
    return {
      ok: code === 0,
      output,
      wallMs: performance.now() - startMs,
      processorMs: processorTime(times),
      peakBytes,
    };
  } finally {
    clearInterval(look);
  }
}

/** Returns the processor time of the programs that a shell has run, from what its `times` prints, milliseconds. */
export function processorTime(times: string): number {
  const [, ofChildren = ''] = times.trim().split('\n');
  return [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000,
    0,
  );
}

/** Returns the memory of a process and its descendants, bytes; NaN where it cannot be seen. */
function memoryOf(root: number): number {
  try {
    const children = new Map<number, number[]>();
    for (const pid of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
      const parent = Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1]);
      children.set(parent, [...(children.get(parent) ?? []), pid]);
    }
    const sum = (pid: number): number =>
      Number(read(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * PAGE_BYTES +
      (children.get(pid) ?? []).reduce((bytes, child) => bytes + sum(child), 0);
    return sum(root);
  } catch {
    return Number.NaN;
  }
}

/** Returns a file's text; nothing when its process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
