import { spawnSync } from 'node:child_process';

const MAX_OUTPUT_BYTES = 16 << 20;

/**
 * Runs a command on this machine with /bin/sh. Returns what it printed on stdout; undefined when it failed. A terminal
 * in raw mode goes back to line mode while the command runs.
 */
export function runProgram(command: string, interactive: boolean): string | undefined {
  const raw = interactive && process.stdin.isRaw;
  if (raw) process.stdin.setRawMode(false);
  const { status, stdout } = spawnSync('/bin/sh', ['-c', command], {
    stdio: ['inherit', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (raw) process.stdin.setRawMode(true);
  return status === 0 ? stdout : undefined;
}
