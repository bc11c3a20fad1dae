import { describe, expect, it } from 'vitest';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

describe.skipIf(withoutSandbox)('a person whose step has a long result', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    return tutorial;
  };

  it('sees a bounded part of a long output, which says so', async () => {
    const tutorial = await visit();
    await tutorial.edit(
      STEP.install,
      'seq 1 5000; head -c 5000 /dev/zero | tr "\\0" x; echo; printf "\\033[31mred\\033[0m\\n"',
    );
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /Done in/);
    await tutorial.shows(
      STEP.install,
      /Only the last 1000 lines are shown; 4002 before them are left out\. Lines are cut after 2000 characters\./,
    );
    await tutorial.result(STEP.install).getByRole('button', { name: 'Show all 1000 lines' }).click();
    const lines = await tutorial.lines(STEP.install);
    expect(lines.length).toBe(1000);
    expect(lines.at(-1)).toBe('red');
    expect(await tutorial.result(STEP.install).locator('.ansi-red').innerText()).toBe('red');
    expect(lines.at(-2)).toBe(`${'x'.repeat(2000)}…`);
  });

  it('sees how many rows a long answer has and how many are shown, in both forms and after a reload', async () => {
    const tutorial = await visit();
    const step = STEP.createUser.insecure;
    await tutorial.edit(step, 'SELECT * FROM generate_series(1, 5000) AS n');
    await tutorial.press(step);
    await tutorial.ends(step);
    // After a reload, only the first 1000 rows are still there.
    for (const [more, shown] of [
      ['Show 1000 more', 1200],
      ['Show 800 more', 1000],
    ] as const) {
      const result = tutorial.result(step);
      await tutorial.shows(step, /5000 rows, the first 200 shown\./);
      expect(await result.locator('tbody tr').count()).toBe(200);
      await result.getByRole('button', { name: more }).click();
      await tutorial.shows(step, new RegExp(`5000 rows, the first ${shown} shown\\.`));
      expect(await result.locator('tbody tr').count()).toBe(shown);
      await result.getByRole('button', { name: 'As the shell prints it' }).click();
      expect((await result.locator('pre:visible').innerText()).split('\n').slice(-3)).toEqual([
        '  996',
        '… 4004 rows left out here',
        '(5000 rows)',
      ]);
      await tutorial.shows(step, /5000 rows, the first 996 shown\./);
      await result.getByRole('button', { name: 'As a table' }).click();
      await tutorial.page.reload();
    }
  });

  it('sees how many tables are not listed when there are many', async () => {
    const tutorial = await visit();
    const step = STEP.createUser.insecure;
    await tutorial.edit(
      step,
      Array.from({ length: 14 }, (_, number) => `CREATE TABLE t${number} (id INT PRIMARY KEY)`).join(';'),
    );
    await tutorial.press(step);
    await tutorial.cluster.getByRole('button', { name: '14 tables' }).click({ timeout: 60_000 });
    for (const _ of ['as it comes', 'after a reload']) {
      await expect
        .poll(() => tutorial.page.locator('.data').innerText())
        .toMatch(/defaultdb\.t0\s+0 rows[\s\S]*Not listed here: 2 more tables/);
      await tutorial.page.reload();
    }
  });
});
