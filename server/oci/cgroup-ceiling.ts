import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What all groups below one may have together. */
export interface Ceiling {
  memoryBytes: number;
  pids: number;
}

/**
 * The least of the limits of a group of version 2 and of those around it, as far as `mount` shows them; Infinity where
 * there is none. systemd bounds what a user's programs may have, a container's host what is in the container.
 */
export async function ceilingOf(mount: string, group: string): Promise<Ceiling> {
  const least = async (file: string): Promise<number> => {
    let value = Infinity;
    for (let at = group; ; at = dirname(at)) {
      const text = await readFile(join(mount, at, file), 'utf8').catch(() => 'max');
      if (text.trim() !== 'max') value = Math.min(value, Number(text));
      if (at === dirname(at)) return value;
    }
  };
  return { memoryBytes: await least('memory.max'), pids: await least('pids.max') };
}
