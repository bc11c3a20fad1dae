import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyTutorial } from '../../commands/verify/verification.ts';
import { MODES } from '../../shared/modes.ts';
import { COMPONENTS } from '../../src/compiler/components.ts';
import { FENCE_FORMS } from '../../src/compiler/fence-table.ts';
import { readPage } from '../../src/compiler/read-pages.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';

const CONTENT = join(import.meta.dirname, '../../content');
const FRONTMATTER = '---\ntitle: Examples\nsummary: All examples of the page for authors.\n---\n';

/** The examples of what a page can say, by what they show. */
const examples = [
  ...FENCE_FORMS.flatMap(({ is, example, parts }) => [
    { of: is, example },
    ...parts.map((part) => ({
      of: `${is}, ${part.name}${part.value === undefined ? '' : '='}`,
      example: part.example,
    })),
  ]),
  ...COMPONENTS.map(({ name, example }) => ({ of: `<${name}>`, example })),
];

describe('the examples of the page for authors', () => {
  let content: string;
  beforeAll(() => {
    content = mkdtempSync(join(tmpdir(), 'content-'));
    for (const folder of ['partials', 'samples'])
      cpSync(join(CONTENT, folder), join(content, folder), { recursive: true });
  });
  afterAll(() => rmSync(content, { recursive: true }));

  const pageOf = (name: string, text: string): ReturnType<typeof readPage> =>
    readPage(content, `pages/${name}.mdx`, `${FRONTMATTER}\n${text}`);

  it.each(examples)('are right as they are: $of', ({ example }) => {
    expect(pageOf('example', example).mistakes).toEqual([]);
  });

  describe.skipIf(withoutSandbox)('do what they say', { timeout: 120_000 }, () => {
    const { reader } = useServer();

    it.each(MODES)('in %s mode', async (mode) => {
      const text = examples.map(({ of, example }) => `## ${of.replace(/[<>]/g, '')}\n\n${example}\n`).join('\n');
      const { steps, mistakes } = pageOf('examples', text);
      expect(mistakes).toEqual([]);
      const tutorial = { slug: 'examples', steps, content };
      const { faults, checked } = await verifyTutorial(reader(), tutorial, mode);
      expect(faults).toEqual([]);
      expect(checked.outputs).toBeGreaterThan(0);
    });
  });
});
