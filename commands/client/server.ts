import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { within } from '../../server/within.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const START_MS = 90_000;
const END_MS = 15_000;

/** A Bankrun server in its own process, as `npm start` runs it. */
export interface RunningServer {
  url: string;
  /** Its process. */
  pid: number;
  /** Why runs are off; undefined when they are on. */
  off: string | undefined;
  /** Where a balancer may ask for free slots; undefined without `CHECK_ADDRESS`. */
  check: string | undefined;
  /** Resolves to its exit code; null when a signal has killed it. */
  ended: Promise<number | null>;
  /** Returns what it has printed so far. */
  log(): string;
  /** Sends it a signal. */
  signal(name: NodeJS.Signals): void;
  /** Ends it with SIGTERM, and with SIGKILL after 15 seconds. */
  stop(): Promise<void>;
  /** Ends it with SIGKILL, without any clean-up. */
  kill(): Promise<void>;
}

/**
 * Starts the server on a free port and waits until it says whether runs are on. Throws with its output when that takes
 * too long.
 */
export async function startServer(env: Record<string, string> = {}): Promise<RunningServer> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      INSTANCE: 'test',
      WARM_PER_MODE: '1',
      CERTIFICATES_AHEAD: '0',
      NEW_PER_MINUTE: '10000',
      RUNS_PER_MINUTE: '100000',
      REQUESTS_PER_MINUTE: '1000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let url: string | undefined;
  let off: string | undefined;
  let check: string | undefined;
  let switched = false;
  const exited = new Promise<number | null>((settle) => child.once('exit', settle));
  const ready = new Promise<void>((settle) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        url ??= /^Bankrun is at (\S+?)\/?$/.exec(line)?.[1];
        check ??= /^A balancer may ask for free slots at (\S+)$/.exec(line)?.[1];
        off ??= /^Runs are off: (.*)$/.exec(line)?.[1];
        switched ||= line.startsWith('Runs are ');
        if (switched && url !== undefined) settle();
      });
    }
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const killer = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await exited;
    clearTimeout(killer);
  };
  const outcome =
    (await within(START_MS, Promise.race([ready.then(() => 'ready'), exited.then(() => 'exited')]))) ?? 'late';
  if (outcome !== 'ready' || url === undefined) {
    await end('SIGKILL');
    throw new Error(`the server did not start (${outcome}):\n${lines.join('\n')}`);
  }
  return {
    url,
    pid: child.pid ?? 0,
    off,
    check,
    ended: exited,
    log: () => lines.join('\n'),
    signal: (name) => void child.kill(name),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}
