import type { ChildProcess } from 'node:child_process';

/** The time between SIGTERM and SIGKILL. */
const GRACE_MS = 2000;

/** Sends SIGTERM to a process, and SIGKILL after the grace time. Resolves when it has exited. Idempotent. */
export function endProcess(child: ChildProcess, graceMs = GRACE_MS): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((settle) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => {
      clearTimeout(kill);
      settle();
    });
    child.kill('SIGTERM');
  });
}
