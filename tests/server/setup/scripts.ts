import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 60_000;
const POLL_MS = 20;

/** Far beyond any deadline of a test. */
export const FOR_EVER = 'sleep 3600';

/** Whether a process runs: what has ended counts as gone, though nobody has waited for it yet. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until it is so. Throws after a minute. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + WAIT_MS; !isSo(); await sleep(POLL_MS)) {
    if (Date.now() > deadline) throw new Error(`in vain was waited until ${what}`);
  }
}

/** A folder of a test's own, with the scripts that it runs and the ids of processes that they wrote down. */
export class Scripts {
  readonly folder = mkdtempSync(join(tmpdir(), 'bankrun-scripts-'));
  readonly #pids = new Set<number>();

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** A shell script at that place in the folder. */
  write(name: string, text: string): string {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return this.path(name);
  }

  /** What a script says to start a program in the background, and to write its process id down under that name. */
  start(program: string, name: string): string {
    return `${program} & echo $! > '${this.path(`${name}.half`)}'; mv '${this.path(`${name}.half`)}' '${this.path(name)}'`;
  }

  /** The process id that was, or will be, written down under that name. */
  async pid(name: string): Promise<number> {
    await until(`${name} runs`, () => existsSync(this.path(name)));
    return this.watch(Number(readFileSync(this.path(name), 'utf8')));
  }

  /** Waits until the process that was written down under that name has ended. */
  async ended(name: string): Promise<void> {
    const pid = await this.pid(name);
    await until(`${name} has ended`, () => !isAlive(pid));
  }

  /** Takes a process as one of the test's: it ends with the test, however that went. */
  watch(pid: number): number {
    this.#pids.add(pid);
    return pid;
  }

  remove(): void {
    for (const pid of this.#pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
