import type { ChildProcess } from 'node:child_process';

/** Between the polite signal and the final one. */
const GRACE_MS = 2000;

/** Asks a process to end, and kills it when it has not within the grace time. Settles when it is gone; idempotent. */
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
