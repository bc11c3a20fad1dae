import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 60_000;
const POLL_MS = 20;

/** Far longer than any deadline of a test. */
export const FOR_EVER = 'sleep 3600';

/** Whether a process runs: a zombie counts as ended. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until `isSo` returns true. Throws after a minute. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + WAIT_MS; !isSo(); await sleep(POLL_MS)) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
  }
}

/** A test's own folder, with the scripts that it runs and the process ids that they record. */
export class Scripts {
  readonly folder = mkdtempSync(join(tmpdir(), 'bankrun-scripts-'));
  readonly #pids = new Set<number>();

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Writes a shell script at this path in the folder. Returns its full path. */
  write(name: string, text: string): string {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return this.path(name);
  }

  /** Returns shell code that starts a program in the background and records its process id under this name. */
  start(program: string, name: string): string {
    return (
      `${program} & echo $! > '${this.path(`${name}.half`)}'; ` +
      `mv '${this.path(`${name}.half`)}' '${this.path(name)}'`
    );
  }

  /** Returns the process id recorded under this name, waiting for it if necessary. */
  async pid(name: string): Promise<number> {
    await until(`${name} runs`, () => existsSync(this.path(name)));
    return this.watch(Number(readFileSync(this.path(name), 'utf8')));
  }

  /** Waits until the process recorded under this name has ended. */
  async ended(name: string): Promise<void> {
    const pid = await this.pid(name);
    await until(`${name} has ended`, () => !isAlive(pid));
  }

  /** Ends a process when the test has ended, whatever its outcome. Returns its id. */
  watch(pid: number): number {
    this.#pids.add(pid);
    return pid;
  }

  remove(): void {
    for (const pid of this.#pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
