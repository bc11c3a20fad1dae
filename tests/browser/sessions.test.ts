import { describe, expect, it } from 'vitest';
import { violations } from '../../commands/audit/axe.ts';
import { useOwnServer, useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const shell = (n: number): string => `create-the-maxroach-user-and-bank-database-insecure-${n}`;
const [OPEN, BEGIN, LOOK, COMMIT] = [shell(1), shell(2), shell(3), shell(4)] as const;
const IS_OPEN = /A transaction is open\. COMMIT or ROLLBACK ends it\./;

describe.skipIf(withoutSandbox)('a person types into the SQL shell of a tutorial', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();

  const begin = async (
    statements = 'BEGIN; CREATE TABLE t (a INT); INSERT INTO t VALUES (1);',
  ): Promise<TutorialPage> => {
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    await tutorial.edit(STEP.install, 'date');
    await tutorial.edit(BEGIN, statements);
    await tutorial.edit(LOOK, 'SELECT count(*) FROM t;');
    await tutorial.edit(COMMIT, 'COMMIT;');
    await tutorial.press(BEGIN);
    await tutorial.shows(BEGIN, /Left alone, it is rolled back in about 5 min/);
    return tutorial;
  };
  const bar = (tutorial: TutorialPage, words: RegExp): Promise<void> =>
    expect.poll(() => tutorial.cluster.innerText()).toMatch(words);

  it('sees that a transaction is open, in its last step too and after a reload, until it is committed', async () => {
    const tutorial = await begin();
    await tutorial.tells(/^Done: BEGIN.* A transaction is open/);
    expect(await tutorial.result(BEGIN).innerText()).toMatch(IS_OPEN);
    await bar(tutorial, /A transaction is open in your cluster: others do not see what it has changed/);
    expect(await violations(tutorial.page)).toEqual([]);
    await tutorial.page.reload();
    await tutorial.shows(BEGIN, IS_OPEN);
    await bar(tutorial, /A transaction is open/);
    await tutorial.press(LOOK);
    await tutorial.shows(LOOK, IS_OPEN);
    expect(await tutorial.result(LOOK).locator('td').allInnerTexts()).toEqual(['1']);
    expect(await tutorial.result(BEGIN).innerText()).not.toMatch(IS_OPEN);
    await tutorial.press(COMMIT);
    await tutorial.ends(COMMIT);
    await bar(tutorial, /Your cluster is ready/);
    for (const step of [BEGIN, LOOK, COMMIT])
      expect(await tutorial.result(step).innerText()).not.toMatch(/transaction/i);
  });

  it('rolls back an aborted one with a key, learns what is undone, and redoes that with the next press', async () => {
    const tutorial = await begin();
    await tutorial.edit(LOOK, 'SELECT 1/0;');
    await tutorial.press(LOOK);
    await tutorial.shows(LOOK, /The transaction is aborted: only ROLLBACK ends it\./);
    await bar(tutorial, /aborted: only ROLLBACK ends it/);
    // The end of the run is announced after that, and would follow what the key does.
    await tutorial.tells(/^Failed: SELECT 1\/0\..* aborted/);
    await tutorial.result(LOOK).getByRole('button', { name: 'Roll back' }).focus();
    await tutorial.page.keyboard.press('Enter');
    await tutorial.tells('The transaction was rolled back, and its SQL session ended.');
    await tutorial.shows(BEGIN, /What this did in its SQL session is gone/);
    expect(await tutorial.button(LOOK, 'run').evaluate((button) => button === document.activeElement)).toBe(true);
    await tutorial.edit(LOOK, 'SELECT count(*) FROM t;');
    await expect.poll(() => tutorial.button(LOOK, 'run').innerText()).toBe('Run with 1 earlier step');
    await tutorial.press(LOOK);
    await tutorial.shows(LOOK, IS_OPEN);
    expect(await tutorial.result(LOOK).locator('td').allInnerTexts()).toEqual(['1']);
  });

  it('is told at the next step that the shell was reopened, and what was lost', async () => {
    const tutorial = await begin('BEGIN;');
    await tutorial.press(OPEN);
    await tutorial.ends(OPEN);
    await tutorial.shows(BEGIN, /What this did in its SQL session is gone/);
    await tutorial.press(COMMIT);
    await tutorial.shows(BEGIN, /because the shell was opened again\. Its open transaction was rolled back/);
  });
});

describe.skipIf(withoutSandbox)('a transaction that a person leaves open', { timeout: 120_000 }, () => {
  const { server } = useOwnServer({ TRANSACTION_SECONDS: '2' });
  const open = useChromium();

  it('is rolled back after a while, and the page says so by itself', async () => {
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    await tutorial.edit(BEGIN, 'BEGIN;');
    await tutorial.press(BEGIN);
    await tutorial.shows(BEGIN, IS_OPEN);
    await tutorial.tells(/rolled back: nothing was done in it for too long/);
    expect(await tutorial.result(BEGIN).innerText()).not.toMatch(IS_OPEN);
    await tutorial.shows(BEGIN, /What this did in its SQL session is gone/);
  });
});
