import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The limits that all groups below one share. */
export interface Ceiling {
  memoryBytes: number;
  pids: number;
}

/**
 * Returns the lowest limits of a version 2 group and its ancestors, as far as they are visible below `mount`; Infinity
 * when there are none. Such limits come, for example, from systemd for a user's programs, or from a container's host.
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
