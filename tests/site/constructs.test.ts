import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONSTRUCTS } from '../../standin/src/sql/constructs.ts';
import { DOCS_VERSION } from '../../standin/src/identity/claimed-version.ts';
import { FOLLOWED_VERSION, VERSIONED } from '../../standin/src/sql/constructs/versions.ts';
import { constructLines, versionLines } from '../../src/build/construct-lines.ts';

const modules = readdirSync(resolve(import.meta.dirname, '../../standin/src/sql'), { recursive: true })
  .map(String)
  .filter((path) => path.endsWith('.ts'));

/** Modules that only serve others, and do nothing that a reader of the page would look for. */
const SERVING = [
  'constructs.ts',
  'constructs/common.ts',
  'constructs/construct.ts',
  'constructs/rewritten.ts',
  'constructs/shown.ts',
  'constructs/statements.ts',
  'constructs/versions.ts',
  'databases/database-words.ts',
  'databases/foreign-rows.ts',
  'definitions/alter-actions.ts',
  'definitions/alter-index.ts',
  'definitions/alter-primary-key.ts',
  'definitions/alter-table-checks.ts',
  'definitions/column-parts.ts',
  'definitions/column-types.ts',
  'definitions/create-table-as.ts',
  'definitions/definition-notes.ts',
  'definitions/expressions/expression.ts',
  'definitions/expressions/parse-expression.ts',
  'definitions/expressions/parse-type.ts',
  'definitions/expressions/print-constant.ts',
  'definitions/expressions/print-expression.ts',
  'definitions/expressions/type-of.ts',
  'definitions/own-syntax.ts',
  'definitions/storage-parameters.ts',
  'definitions/table-constraint.ts',
  'definitions/constraint-names.ts',
  'definitions/existing-name.ts',
  'definitions/find-index.ts',
  'definitions/index-names.ts',
  'definitions/rename-relation.ts',
  'definitions/schema-names.ts',
  'definitions/table-definition.ts',
  'definitions/table-statements.ts',
  'definitions/temporary-tables.ts',
  'definitions/view-text.ts',
  'definitions/views.ts',
  'definitions/table-elements.ts',
  'definitions/type-changes.ts',

  'queries/query-checks.ts',
  'queries/refused-syntax.ts',
  'queries/row-values.ts',
  'queries/values-rows.ts',

  'results/constraint-errors.ts',
  'results/name-errors.ts',
  'results/postgres-error.ts',
  'results/privilege-error.ts',
  'results/result-columns.ts',
  'results/translate-error.ts',
  'results/value-errors.ts',
  'rewriting/object-names.ts',
  'rewriting/rewrite.ts',
  'session/set-config.ts',
  'session/setting-value.ts',
  'session/time-zone.ts',
  'session/variable-list.ts',
  'show/show-reader.ts',
  'text/brackets.ts',
  'text/primaries.ts',
  'text/quoting.ts',
  'text/statement.ts',
  'text/syntax-error.ts',
  'text/text-edits.ts',
  'text/tokens.ts',
  'translate-statement.ts',
  'translation/context.ts',
  'translation/lookups.ts',
  'translation/relation.ts',
  'translation/translation.ts',
];

describe('the list of what the stand-in supports', () => {
  it('shows the sentences with their code marked up, and links to the pages that describe it', () => {
    const given = [
      {
        does: '`UPSERT INTO …` as INSERT.',
        pages: ['upsert', 'table-expressions#force-index-selection'],
        module: 'upsert.ts',
      },
    ];
    expect(constructLines(given)).toEqual([
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
    expect(constructLines()).toHaveLength(CONSTRUCTS.length);
  });

  it('has a line for every module that translates, and none for a module that does not exist', () => {
    const told = new Set(CONSTRUCTS.map(({ module }) => module));
    expect([...told].filter((module) => !modules.includes(module))).toEqual([]);
    expect(modules.filter((module) => !told.has(module) && !SERVING.includes(module))).toEqual([]);
    expect(SERVING.filter((module) => told.has(module) || !modules.includes(module))).toEqual([]);
  });

  it('consists of whole sentences with closed code spans, each with at least one page, none twice', () => {
    for (const { does, pages } of CONSTRUCTS) {
      expect(does).toMatch(/^[`A-Z][^\n]*\.$/);
      expect(does.split('`').length % 2, does).toBe(1);
      expect(pages.length, does).toBeGreaterThan(0);
      for (const page of pages) expect(page).toMatch(/^[a-z0-9-]+(#[\w-]+)?$/);
    }
    expect(new Set(CONSTRUCTS.map(({ does }) => does)).size).toBe(CONSTRUCTS.length);
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
