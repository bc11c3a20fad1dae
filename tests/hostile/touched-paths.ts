import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../server/errors.ts';
import type { Container } from '../../server/oci/container.ts';
import { within } from '../../server/within.ts';

const OURS = 'written by the server';
const READ_BYTES = 4096;
/** How long the agent may take to write or read a file while it is attacked. */
const TOUCH_MS = 20_000;
/** What files have that are none of the reader's, or none that the server has asked for. */
const ELSEWHERE = /root:|engine\.secret|secret of another place/;
const PAUSE_MS = 1;

/**
 * Writes and reads these paths as the reader, over and over, while a program runs. Returns what went wrong: an attempt
 * that took too long, failed for another reason than a refused file, or read what is somewhere else.
 */
export async function touchPaths(container: Container, paths: string[], running: Promise<unknown>): Promise<string[]> {
  const wrong = new Set<string>();
  let isOver = paths.length === 0;
  void running.then(() => (isOver = true));
  while (!isOver) {
    for (const path of paths) {
      for (const touch of [
        () => container.writeFile('reader', path, OURS).then(() => ''),
        () => container.readFile('reader', path, READ_BYTES).then(String),
      ]) {
        const found = await within(TOUCH_MS, touch().catch(refusal));
        if (found === undefined) wrong.add(`${JSON.stringify(path)} took too long`);
        else if (ELSEWHERE.test(found)) wrong.add(`${JSON.stringify(path)}: ${found}`);
      }
    }
    await sleep(PAUSE_MS);
  }
  return [...wrong];
}

/** Returns nothing for a refused file, and otherwise what is shown as wrong. */
function refusal(failure: unknown): string {
  if (failure instanceof AppError && ['file-refused', 'sandbox-lost'].includes(failure.code)) return '';
  const cause = failure instanceof AppError ? `${failure.code} ${String(failure.cause)}` : String(failure);
  return `engine.secret or root: may be safe, but this failed: ${cause}`;
}
