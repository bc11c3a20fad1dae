import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Effects } from './effects.ts';

const FOLDERS = ['tutorials', 'pages'].map((folder) => resolve(import.meta.dirname, '../../content', folder));

/** Returns the effects of a page, from `<slug>.effects.ts` next to it; undefined when there is no such file. */
export async function effectsOf(slug: string): Promise<Effects | undefined> {
  const file = FOLDERS.map((folder) => resolve(folder, `${slug}.effects.ts`)).find((path) => existsSync(path));
  return file === undefined ? undefined : ((await import(file)) as { default: Effects }).default;
}
