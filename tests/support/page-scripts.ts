import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../../commands/client/dist.ts';

/** Returns the script elements of a built page: their attributes and contents. */
export function scriptElements(html: string): { attributes: string; text: string }[] {
  return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes = '', text = '']) => ({
    attributes,
    text,
  }));
}

/**
 * Returns the addresses of all scripts that a built page loads by itself: those that it names, and what they import.
 */
export function scriptsOf(html: string): Set<string> {
  const found = new Set<string>();
  for (const { attributes } of scriptElements(html)) {
    const source = /\bsrc="([^"]+)"/.exec(attributes)?.[1];
    if (source !== undefined) add(source, found);
  }
  return found;
}

/** Returns the addresses of a chunk that a page loads later, and of what it imports; `name` is that of its module. */
export function chunkWithImports(name: string): Set<string> {
  const file = readdirSync(join(DIST, '_astro')).find((each) => each.startsWith(`${name}.`) && each.endsWith('.js'));
  if (file === undefined) throw new Error(`The built site has no part of its own for ${name}.`);
  return add(`/_astro/${file}`, new Set());
}

function add(address: string, found: Set<string>): Set<string> {
  if (found.has(address)) return found;
  found.add(address);
  const text = readFileSync(join(DIST, address), 'utf8');
  for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+)["'`]/g))
    add(new URL(name, `http://site${address}`).pathname, found);
  return found;
}
