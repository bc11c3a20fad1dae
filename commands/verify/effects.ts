import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Effects } from './verification.ts';

const FOLDERS = ['tutorials', 'pages'].map((folder) => resolve(import.meta.dirname, '../../content', folder));

/** The effects that lie beside a tutorial or another page as `<slug>.effects.ts`, or undefined. */
export async function effectsOf(slug: string): Promise<Effects | undefined> {
  const file = FOLDERS.map((folder) => resolve(folder, `${slug}.effects.ts`)).find((path) => existsSync(path));
  return file === undefined ? undefined : ((await import(file)) as { default: Effects }).default;
}
