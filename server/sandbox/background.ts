import type { Container, ContainerProcess } from '../oci/container.ts';
import { commandArgv } from './shell-command.ts';

const HOME = '/home/reader';
const POLL_MS = 100;
const PROBE_MS = 5000;
/** A background program lives until it is stopped or the sandbox ends; what it prints after its run is dropped. */
const LIFE_MS = 24 * 3600_000;
const OUTPUT_BYTES = 64 << 20;

/** How starting a background program went: it listens, or it ended with this code, or neither within the deadline. */
export type BackgroundStart = { listens: true } | { listens: false; exitCode?: number };

/** The background programs of a sandbox, by step. A step that is run again takes the place of its earlier self. */
export class Backgrounds {
  readonly #running = new Map<string, ContainerProcess>();

  /** Ends that step's program. False when there is none. */
  stop(step: string): boolean {
    const process = this.#running.get(step);
    process?.kill();
    return this.#running.delete(step);
  }

  /** Starts a program and waits until it listens on a port that nobody listened on before, at most `readyMs`. */
  async start(
    container: Container,
    step: string,
    command: string,
    readyMs: number,
    onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void,
    signal: AbortSignal,
  ): Promise<BackgroundStart> {
    this.stop(step);
    const before = await listeningSockets(container);
    const process = container.run({ account: 'background', argv: commandArgv(command), cwd: HOME, timeoutMs: LIFE_MS, outputBytes: OUTPUT_BYTES }, onOutput);
    this.#running.set(step, process);
    // The Stop of the run that started it reaches it after that run has ended, too.
    signal.addEventListener('abort', () => process.kill(), { once: true });
    const ended = process.ended.then(({ exitCode }): BackgroundStart => {
      if (this.#running.get(step) === process) this.#running.delete(step);
      return { listens: false, exitCode };
    });
    const deadline = performance.now() + readyMs;
    while (!signal.aborted && performance.now() < deadline) {
      const tick = new Promise<undefined>((settle) => setTimeout(settle, POLL_MS, undefined));
      const end = await Promise.race([ended, tick]);
      if (end) return end;
      const now = await listeningSockets(container);
      if ([...now].some((socket) => !before.has(socket))) return { listens: true };
    }
    this.stop(step);
    return { listens: false };
  }
}

/** Listening TCP sockets of the container, as `address:inode` (proc(5), net/tcp: state 0A is LISTEN). */
async function listeningSockets(container: Container): Promise<Set<string>> {
  let text = '';
  const request = { account: 'reader' as const, argv: ['/bin/cat', '/proc/net/tcp', '/proc/net/tcp6'], timeoutMs: PROBE_MS, outputBytes: 1 << 20 };
  await container.run(request, (_, bytes) => {
    text += bytes.toString('latin1');
  }).ended;
  const fields = text.split('\n').map((line) => line.trim().split(/\s+/));
  return new Set(fields.filter(([, , , state]) => state === '0A').map((line) => `${line[1]}:${line[9]}`));
}
