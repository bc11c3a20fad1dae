import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Effects } from './verification.ts';

const CONTENT = resolve(import.meta.dirname, '../../content/tutorials');

/** The effects that lie beside a tutorial as `<slug>.effects.ts`, or undefined. */
export async function effectsOf(slug: string): Promise<Effects | undefined> {
  const file = resolve(CONTENT, `${slug}.effects.ts`);
  return existsSync(file) ? ((await import(file)) as { default: Effects }).default : undefined;
}
