import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from '../refusal.ts';

/**
 * Writes files that do not exist yet, by their paths in the folder: all of them or, when one cannot be written, none.
 * Throws Refusal when there is one already.
 */
export function writeNew(folder: string, files: Record<string, string>): void {
  const there = Object.keys(files).filter((path) => existsSync(join(folder, path)));
  if (there.length > 0)
    throw new Refusal(`Nothing was made, because ${there.map((path) => `content/${path}`).join(', ')} exists already.`);
  const written: string[] = [];
  try {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: 'wx' });
      written.push(file);
    }
  } catch (cause) {
    for (const file of written) rmSync(file, { force: true });
    throw cause;
  }
}
