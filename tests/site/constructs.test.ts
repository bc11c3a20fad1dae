import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONSTRUCT_GROUPS } from '../../standin/src/sql/constructs.ts';
import { DOCS_VERSION } from '../../standin/src/identity/claimed-version.ts';
import { FOLLOWED_VERSION, VERSIONED } from '../../standin/src/sql/constructs/versions.ts';
import { constructGroups, versionLines } from '../../src/build/construct-lines.ts';

const constructs = CONSTRUCT_GROUPS.flatMap((group) => group.constructs);
const modules = readdirSync(resolve(import.meta.dirname, '../../standin/src/sql'), { recursive: true })
  .map(String)
  .filter((path) => path.endsWith('.ts'));

describe('the list of what the stand-in supports', () => {
  it('shows the sentences with their code marked up, and links to the pages that describe it', () => {
    const given = [
      {
        does: '`UPSERT INTO …` as INSERT.',
        pages: ['upsert', 'table-expressions#force-index-selection'],
        module: 'upsert.ts',
      },
    ];
    expect(constructGroups([{ title: 'Statements', constructs: given }])[0]!.lines).toEqual([
      {
        pieces: [
          { text: 'UPSERT INTO …', isCode: true },
          { text: ' as INSERT.', isCode: false },
        ],
        pages: [
          { name: 'upsert', href: 'https://www.cockroachlabs.com/docs/stable/upsert.html' },
          {
            name: 'table-expressions#force-index-selection',
            href: 'https://www.cockroachlabs.com/docs/stable/table-expressions.html#force-index-selection',
          },
        ],
      },
    ]);
    expect(constructGroups().flatMap(({ lines }) => lines)).toHaveLength(constructs.length);
  });

  // That every translator, reader of SHOW and rewriting has a line is checked by the types of their registries.
  it('names only modules that exist', () => {
    expect(constructs.map(({ module }) => module).filter((module) => !modules.includes(module))).toEqual([]);
  });

  it('consists of whole sentences with closed code spans, each with at least one page, none twice', () => {
    for (const { does, pages } of constructs) {
      expect(does).toMatch(/^[`A-Z][^\n]*\.$/);
      expect(does.split('`').length % 2, does).toBe(1);
      expect(pages.length, does).toBeGreaterThan(0);
      for (const page of pages) expect(page).toMatch(/^[a-z0-9-]+(#[\w-]+)?$/);
    }
    expect(new Set(constructs.map(({ does }) => does)).size).toBe(constructs.length);
  });
});

describe('the list of the versions that the stand-in follows', () => {
  it('shows a sentence and its version in each line, none twice', () => {
    expect(versionLines().map(({ version }) => version)).toEqual(VERSIONED.map(({ version }) => version));
    expect(versionLines()[0]!.pieces[0]).toEqual({ text: 'SELECT version()', isCode: true });
    for (const { does } of VERSIONED) {
      expect(does).toMatch(/^[`A-Z][^\n]*\.$/);
      expect(does.split('`').length % 2, does).toBe(1);
    }
    expect(new Set(VERSIONED.map(({ does }) => does)).size).toBe(VERSIONED.length);
  });

  it('knows the recorded version and the announced one', () => {
    expect(new Set(VERSIONED.map(({ version }) => version))).toEqual(new Set([DOCS_VERSION, FOLLOWED_VERSION]));
  });
});
