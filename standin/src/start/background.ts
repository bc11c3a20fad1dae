import { spawn } from 'node:child_process';

const READY_MS = 30_000;
/** The message from the child to its parent once SQL answers. */
const READY = 'ready';

/**
 * Starts the same command detached, and waits until it answers SQL. Returns the exit code: the child's, when the child
 * exits before that.
 */
export async function startInBackground(argv: readonly string[]): Promise<number> {
  const rest = argv.filter((argument) => !/^--background(=|$)/.test(argument));
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, 'start-single-node', ...rest], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exitCode = await new Promise<number>((resolve) => {
    const timer = setTimeout(() => resolve(1), READY_MS);
    const settle = (code: number): void => {
      clearTimeout(timer);
      resolve(code);
    };
    child.once('message', () => settle(0));
    child.once('exit', (code) => settle(code ?? 1));
  });
  if (child.connected) child.disconnect();
  child.unref();
  return exitCode;
}

/** Tells the process that started this one in the background, if any, that the node is serving. */
export function reportReady(): void {
  if (process.connected) process.send?.(READY, () => process.disconnect());
}
