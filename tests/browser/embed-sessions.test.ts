import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { expected, press, result, sql, tells } from './embedded-step.ts';
import { pageWith, useEmbedding } from './other-site.ts';

describe.skipIf(withoutSandbox)('sessions and failures on a page of another site', { timeout: 120_000 }, () => {
  const { site, server } = useEmbedding();
  const open = useChromium();
  const visit = async (elements: string): Promise<Page> => {
    const page = await open();
    await page.goto(site().page(pageWith(server().url, elements)));
    return page;
  };

  it('two people in one block: one waits for the other, and gets the late answer marked as such', async () => {
    const step = (code: string, more: string): string => `<pre data-kind="sql" ${more}>${code}</pre>`;
    const page = await visit(
      `<run-step mode="insecure">${[
        step('CREATE TABLE seats (id INT PRIMARY KEY, taken STRING); INSERT INTO seats VALUES (1, NULL)', ''),
        step("BEGIN; UPDATE seats SET taken = 'Grace'", 'data-session="Grace"'),
        step("UPDATE seats SET taken = 'Ada'", 'data-session="Ada" data-waits'),
        step('COMMIT', 'data-session="Grace"'),
        step('SELECT taken FROM seats', 'data-session="Ada"'),
        expected('UPDATE 1\n  taken\n---------\n  Ada\n(1 row)'),
      ].join('')}</run-step>`,
    );
    const element = page.locator('run-step');
    await press(element, /as expected/);
    expect(await result(element)).toMatch(
      /Answer of the step that waited: session Ada\s+UPDATE 1\s+Answer of this step\s+Answer\s+taken\s+Ada/,
    );
    expect(await element.locator('figcaption').innerText()).toBe('SQL as root, session Ada');
  });

  it('a step that must fail is as expected when it does so, and the steps after it run', async () => {
    const page = await visit(
      [
        sql('SELECT 1/0', expected('ERROR: division by zero\nSQLSTATE: 22012')).replace(
          '"sql"',
          '"sql" data-fails="22012"',
        ),
        sql('SELECT 1').replace('"sql"', '"sql" data-fails'),
        '<run-step mode="insecure"><pre data-kind="shell" data-fails="3">exit 4</pre>' +
          '<pre data-kind="shell" data-fails="3">read name; echo "$name"; exit 3</pre>' +
          '<pre data-kind="input">Ada</pre>' +
          `${expected('Ada')}</run-step>`,
      ].join(''),
    );
    const [division, one, shell] = [0, 1, 2].map((nth) => page.locator('run-step').nth(nth)) as [
      Locator,
      Locator,
      Locator,
    ];
    await press(division, /Failed after .*, SQLSTATE 22012, as expected/);
    await tells(division, /As expected\.$/);
    await press(one, /Done in .*, but should have failed/);
    await tells(one, /It should have failed\.$/);
    await press(shell, /Failed after .*, exit code 3, as expected[^]*Shell should have failed with exit code 3\./);
    expect(await shell.getByRole('group', { name: 'Input' }).innerText()).toBe('Ada');
  });
});
