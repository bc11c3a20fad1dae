import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../../commands/new/arguments.ts';
import { makePage } from '../../../commands/new/make-page.ts';
import { STARTERS } from '../../../commands/new/starters.ts';
import { effectsOf } from '../../../commands/verify/find-effects.ts';
import { readAll } from '../../../commands/verify/tutorial.ts';
import { verifyTutorial } from '../../../commands/verify/verification.ts';
import { MODES } from '../../../shared/modes.ts';
import { useServer, withoutSandbox } from '../../support/shared-server.ts';

const CONTENT = join(import.meta.dirname, '../../../content');
/** The starter whose package is not among the site's own, so that its tutorial cannot be made yet. */
const NOT_YET = ['psycopg'];

/** What each page is made with: all starters, and a page without one. */
const MADE: [name: string, line: string][] = [
  ...STARTERS.filter(({ driver }) => !NOT_YET.includes(driver)).map(({ driver }): [string, string] => [
    `with-${driver}`,
    `tutorial with-${driver} --driver ${driver}`,
  ]),
  ['a-page', 'page a-page'],
];

describe.skipIf(withoutSandbox)('what npm run new makes', { timeout: 120_000 }, () => {
  const { reader } = useServer();
  let content: string;
  beforeAll(() => {
    content = mkdtempSync(join(tmpdir(), 'content-'));
    cpSync(CONTENT, content, { recursive: true });
    for (const [, line] of MADE) makePage(content, readArguments(line.split(' ')));
  });
  afterAll(() => rmSync(content, { recursive: true }));

  it.each(MADE.flatMap(([name, line]) => MODES.map((mode) => ({ name, line, mode }))))(
    'is right at its first verification: $line, $mode',
    async ({ name, mode }) => {
      const { tutorials, elsewhere } = readAll(content);
      expect(elsewhere).toEqual([]);
      const tutorial = tutorials.find(({ slug }) => slug === name)!;
      expect(tutorial.mistakes).toEqual([]);
      const { faults, checked } = await verifyTutorial(reader(), tutorial, mode, await effectsOf(name, content));
      expect(faults).toEqual([]);
      const isTutorial = name !== 'a-page';
      expect(checked).toEqual({ outputs: 1, effects: isTutorial, functions: isTutorial ? 1 : 0 });
    },
  );
});
