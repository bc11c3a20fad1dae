import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Effects, EffectsContext } from '../../../commands/verify/effects.ts';
import { checkEffects, effectsOf } from '../../../commands/verify/find-effects.ts';
import { EFFECTS_FUNCTIONS } from '../../../shared/effects-functions.ts';

let root: string;
let content: string;
let loaded = 0;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'effects-'));
  content = join(root, 'content');
  mkdirSync(join(content, 'tutorials'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const context: EffectsContext = {
  mode: 'secure',
  query: async () => [],
  printed: () => '',
  run: async () => ({ printed: '' }),
};

/** Returns the faults of a page's effects with this text, or of their file. */
async function faultsOf(text: string): Promise<string[]> {
  writeFileSync(join(content, 'tutorials/a.effects.ts'), text);
  loaded += 1;
  const effects = await effectsOf('a', content, `version=${loaded}`).catch((cause: Error) => [cause.message]);
  return Array.isArray(effects) ? effects : await checkEffects({ slug: 'a', content }, effects!, context);
}

describe('the effects of a page', () => {
  it('are the default export of the file with its name; a page may have none', async () => {
    expect(await faultsOf("export default async () => ['there are 99 accounts'];\n")).toEqual([
      'content/tutorials/a.effects.ts:1: there are 99 accounts',
    ]);
    expect(await faultsOf('export default async () => [];\n')).toEqual([]);
    expect(await effectsOf('b', content)).toBeUndefined();
  });

  it.each([
    [
      'no default export',
      'export const effects = async () => [];\n',
      'content/tutorials/a.effects.ts:1: found no default export that is a function; expected `export default effects`',
    ],
    [
      'an error',
      '\nexport default async () => {\n  throw new TypeError("x is undefined");\n};\n',
      'content/tutorials/a.effects.ts:3: found that the effects throw TypeError: x is undefined; expected a list',
    ],
    [
      'an answer that is no list',
      '\n\nexport default async () => true;\n',
      'content/tutorials/a.effects.ts:3: found that the effects return true; expected a list of sentences',
    ],
    [
      'an error of several lines, as SQL has',
      'export default () => {\n  throw new Error("ERROR: no such table\\nSQLSTATE: 42P01\\n");\n};\n',
      'a.effects.ts:2: found that the effects throw Error: ERROR: no such table SQLSTATE: 42P01; expected a list',
    ],
    ['an answer that is missing', 'export default async () => {};\n', 'found that the effects return undefined;'],
    ['code that is none', 'export default = ;\n', 'content/tutorials/a.effects.ts'],
    [
      'a module that is not there',
      "import './nothing.ts';\nexport default async () => [];\n",
      'found that the effects cannot be loaded: ',
    ],
  ])('are told with file and line when they are %s', async (_, text, fault) => {
    expect(await faultsOf(text)).toEqual([expect.stringContaining(fault)]);
  });

  it('can use what their table says', async () => {
    const names: Record<keyof EffectsContext, unknown> = EFFECTS_FUNCTIONS;
    expect(Object.keys(names).toSorted()).toEqual(Object.keys(context).toSorted());
    const used = Object.values(EFFECTS_FUNCTIONS).map(({ example }) => example.replace(/^const /, 'var '));
    const taken = Object.keys(names).join(', ');
    const effects = `export default async ({ ${taken} }) => {\n${used.join('\n')}\nreturn [];\n};`;
    const rows: EffectsContext = { ...context, query: async () => [['1']] };
    writeFileSync(join(content, 'tutorials/c.effects.ts'), effects);
    expect(await checkEffects({ slug: 'c', content }, (await effectsOf('c', content)) as Effects, rows)).toEqual([]);
  });
});
