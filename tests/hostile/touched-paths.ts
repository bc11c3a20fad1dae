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
 * that took too long, or read what is somewhere else. Throws what is no refusal of a file.
 */
export async function touchPaths(container: Container, paths: string[], running: Promise<unknown>): Promise<string[]> {
  const wrong = new Set<string>();
  let isOver = paths.length === 0;
  const end = (): void => void (isOver = true);
  running.then(end, end);
  while (!isOver) {
    for (const path of paths) {
      for (const touch of [
        () => container.writeFile('reader', path, OURS).then(() => ''),
        () => container.readFile('reader', path, READ_BYTES).then(String),
      ]) {
        const found = await within(TOUCH_MS, touch().catch(nothingIfRefused));
        if (found === undefined) wrong.add(`${JSON.stringify(path)} took too long`);
        else if (ELSEWHERE.test(found)) wrong.add(`${JSON.stringify(path)}: ${found}`);
      }
    }
    await sleep(PAUSE_MS);
  }
  return [...wrong];
}

/** Returns nothing for a refused file, or a lost sandbox. Throws any other failure. */
function nothingIfRefused(failure: unknown): string {
  if (failure instanceof AppError && ['file-refused', 'sandbox-lost'].includes(failure.code)) return '';
  throw failure;
}
