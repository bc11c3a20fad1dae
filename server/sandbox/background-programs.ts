import { within } from '../within.ts';
import type { Container, ContainerProcess, ProcessRequest } from '../oci/container.ts';

const POLL_MS = 100;
const PROBE_MS = 5000;
/** A background program runs until it is stopped or the sandbox ends; this only limits it to a day. */
const LIFE_MS = 24 * 3600_000;
const OUTPUT_BYTES = 64 << 20;

/** The outcome of starting a background program: it listens, it ended with this exit code, or neither in time. */
export type BackgroundStart = { listens: true } | { listens: false; exitCode?: number };

/** The program of a step, without its limits. */
export type StepProgram = Pick<ProcessRequest, 'argv' | 'cwd' | 'env' | 'input'>;

/** A background program to start, and the step and run that start it. */
export interface BackgroundRequest {
  container: Container;
  step: string;
  run: string;
  program: StepProgram;
  readyMs: number;
  /** Aborts when the reader presses Stop while the program is starting. */
  signal: AbortSignal;
}

/**
 * The background program of a sandbox. There is at most one, because their account can run only one program: starting
 * another ends it.
 */
export class BackgroundPrograms {
  readonly #running = new Map<string, { process: ContainerProcess; run: string }>();

  /** Ends that step's program. Returns false when there is none. */
  stop(step: string): boolean {
    this.#running.get(step)?.process.kill();
    return this.#running.delete(step);
  }

  /** Ends all programs and waits until they have exited. */
  async #clear(): Promise<void> {
    const all = [...this.#running];
    for (const [step] of all) this.stop(step);
    await Promise.all(all.map(([, { process }]) => process.ended));
  }

  /** Ends the programs that a run has started. Returns false when there are none. */
  stopRun(run: string): boolean {
    const steps = [...this.#running].filter(([, started]) => started.run === run).map(([step]) => step);
    for (const step of steps) this.stop(step);
    return steps.length > 0;
  }

  /**
   * Starts a program and waits at most `readyMs` until it listens on a new port. `onOutput` receives what it prints
   * until then; later output is dropped, because it would be mixed with that of other steps.
   */
  async start(
    { container, step, run, program, readyMs, signal }: BackgroundRequest,
    onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void,
  ): Promise<BackgroundStart> {
    await this.#clear();
    const before = await listeningSockets(container);
    let isStarting = true;
    const request = {
      account: 'background' as const,
      ...program,
      timeoutMs: LIFE_MS,
      outputBytes: OUTPUT_BYTES,
    };
    const process = container.run(request, (stream, bytes) => {
      if (isStarting) onOutput(stream, bytes);
    });
    this.#running.set(step, { process, run });
    const ended = process.ended.then(({ exitCode }): BackgroundStart => {
      if (this.#running.get(step)?.process === process) this.#running.delete(step);
      return { listens: false, exitCode };
    });
    // It may reject when the sandbox ends, after `start` has returned.
    ended.catch(() => undefined);
    const deadline = performance.now() + readyMs;
    while (!signal.aborted && performance.now() < deadline) {
      const end = await within(POLL_MS, ended);
      if (end) return end;
      const now = await listeningSockets(container);
      if ([...now].some((socket) => !before.has(socket))) {
        isStarting = false;
        return { listens: true };
      }
    }
    this.stop(step);
    return { listens: false };
  }
}

/** Returns the container's listening TCP sockets, as `address:inode` (proc(5), net/tcp: state 0A is LISTEN). */
async function listeningSockets(container: Container): Promise<Set<string>> {
  let text = '';
  const request = {
    account: 'reader' as const,
    argv: ['/bin/cat', '/proc/net/tcp', '/proc/net/tcp6'],
    timeoutMs: PROBE_MS,
    outputBytes: 1 << 20,
  };
  await container.run(request, (_, bytes) => {
    text += bytes.toString('latin1');
  }).ended;
  const fields = text.split('\n').map((line) => line.trim().split(/\s+/));
  return new Set(fields.filter(([, , , state]) => state === '0A').map((line) => `${line[1]}:${line[9]}`));
}
