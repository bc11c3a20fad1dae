import { describe, expect, it } from 'vitest';
import { violations } from '../../commands/audit/axe.ts';
import { MODES } from '../../shared/modes.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { TutorialPage } from './tutorial-page.ts';

const step = (n: number): string => `be-both-sessions-yourself-${n}`;
/** Session A changes a row, B waits for it, and has its answer; later A must fail, and takes back what it did. */
const [CHANGES, WAITS, ANSWERED, FAILS, LAST] = [step(1), step(2), step(4), step(7), step(8)] as const;

describe.skipIf(withoutSandbox)('two sessions side by side', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();

  it.each(MODES)('run in one press: one waits, and one must fail, in %s mode', async (mode) => {
    const tutorial = new TutorialPage(await open());
    await tutorial.page.goto(`${server().url}/transactions.html?filters=${mode}`);
    await tutorial.press(LAST);
    await tutorial.ends(LAST);
    const told = async (): Promise<void> => {
      await tutorial.shows(WAITS, /^Waits for session A; the next step of session B has its answer$/);
      await tutorial.shows(ANSWERED, /as expected[^]*UPDATE 1[^]*balance[^]*650/);
      await tutorial.shows(FAILS, /^Failed after \d[\d.]* m?s, SQLSTATE 40001, as expected/);
      for (const each of [CHANGES, WAITS, ANSWERED, FAILS, LAST])
        expect(await tutorial.figure(each).getAttribute('class')).toMatch(/\bdone\b/);
    };
    await told();
    expect(await tutorial.figure(FAILS).locator('figcaption').innerText()).toContain('fails with 40001');
    expect(await tutorial.figure(WAITS).locator('figcaption').innerText()).toContain('session B');
    expect(await violations(tutorial.page)).toEqual([]);
    await tutorial.page.reload();
    await told();
  });

  it('say so when a step that should fail does not', async () => {
    const tutorial = new TutorialPage(await open());
    await tutorial.page.goto(`${server().url}/transactions.html?filters=insecure`);
    await tutorial.press(LAST);
    await tutorial.ends(LAST);
    // Alone, it meets nobody.
    await tutorial.button(FAILS, 'run').click();
    await tutorial.shows(FAILS, /^Done in \d[\d.]* m?s, but should have failed with SQLSTATE 40001/);
    await tutorial.tells(/should have failed with SQLSTATE 40001/);
  });
});
