import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Effects, EffectsContext } from './effects.ts';
import { PAGE_FOLDERS } from '../../src/compiler/page-neighbours.ts';
import { CONTENT } from '../client/content.ts';
import type { Tutorial } from './tutorial.ts';

const EXPECTED = 'expected a module that runs, with a function as its default export.';

/** Effects that cannot be used. The message is a fault with its place. */
export class EffectsFault extends Error {}

/**
 * Returns the effects of a page; undefined when it has none. `version` loads a file anew that has changed. Throws
 * EffectsFault when their file cannot be used.
 */
export async function effectsOf(slug: string, content = CONTENT, version = ''): Promise<Effects | undefined> {
  const file = effectsFile(slug, content);
  if (file === undefined) return undefined;
  const name = nameOf(file, content);
  const url = `${pathToFileURL(file).href}${version === '' ? '' : `?${version}`}`;
  const loaded = (await import(url).catch((cause: unknown) => {
    throw new EffectsFault(
      `${placeIn(cause, name)}: found that the effects cannot be loaded: ${messageOf(cause)}; ${EXPECTED}`,
    );
  })) as { default?: unknown };
  if (typeof loaded.default !== 'function')
    throw new EffectsFault(
      `${name}:${lineOfDefault(file)}: found no default export that is a function; ` +
        'expected `export default effects`, of type Effects.',
    );
  return loaded.default as Effects;
}

/** Checks the effects of a page. Returns their faults, with their place; also that they throw or return nonsense. */
export async function checkEffects(
  { slug, content = CONTENT }: Pick<Tutorial, 'slug' | 'content'>,
  effects: Effects,
  context: EffectsContext,
): Promise<string[]> {
  const file = effectsFile(slug, content);
  const name = file === undefined ? `the effects of ${slug}` : nameOf(file, content);
  const place = file === undefined ? name : `${name}:${lineOfDefault(file)}`;
  try {
    const faults: unknown = await effects(context);
    if (!Array.isArray(faults) || faults.some((each) => typeof each !== 'string'))
      return [
        `${place}: found that the effects return ${shortly(faults)}; ` +
          'expected a list of sentences, empty if all is well.',
      ];
    return faults.map((fault: string) => `${place}: ${fault}`);
  } catch (cause) {
    const threw = `${placeIn(cause, name)}: found that the effects throw ${messageOf(cause)}`;
    return [`${threw}; expected a list of sentences.`];
  }
}

/** Returns the file of a page's effects, `<slug>.effects.ts` next to a page; undefined when there is none. */
function effectsFile(slug: string, content: string): string | undefined {
  return PAGE_FOLDERS.map((folder) => join(content, folder, `${slug}.effects.ts`)).find(existsSync);
}

/** Returns a file's path as authors know it: `content/tutorials/x.effects.ts`. */
function nameOf(file: string, content: string): string {
  return join('content', relative(content, file));
}

/** Returns the innermost place of an error in the content folder, or else the file. */
function placeIn(cause: unknown, file: string): string {
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const lines = stack.split('\n').filter((line) => /^(\s+at |file:)/.test(line));
  const found = lines.map((line) => /(content\/[^:?]+)(?:\?[^:]*)?(:\d+)/.exec(line)).find((match) => match);
  return found ? `${found[1]}${found[2]}` : file;
}

function messageOf(cause: unknown): string {
  if (!(cause instanceof Error)) return shortly(cause);
  // On one line, and without the period that the sentence around it has.
  return `${cause.name}: ${cause.message}`
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
}

function shortly(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 100);
}

function lineOfDefault(file: string): number {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.findIndex((line) => line.startsWith('export default')) + 1 || 1;
}
