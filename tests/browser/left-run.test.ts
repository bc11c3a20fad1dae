import { describe, expect, it } from 'vitest';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { layLine } from './breakable-line.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

describe.skipIf(withoutSandbox)('a run that the reader left while the server was away', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();

  it('stays abandoned, whatever else is stored, until the reader asks for the rest', async () => {
    const line = await layLine(server().url);
    const page = await open();
    const tutorial = new TutorialPage(page);
    await tutorial.visit(line.url, 'insecure');
    await tutorial.keepBusy(STEP.install, 4);
    line.take();
    await tutorial.shows(STEP.install, /The connection broke/);
    await tutorial.press(STEP.install);
    await tutorial.press(STEP.install);
    await tutorial.shows(STEP.install, /You stopped waiting for it; it may still be running in your cluster/);
    line.mend();
    await page.evaluate(() => {
      dispatchEvent(new StorageEvent('storage', { key: 'bankrun:something-else' }));
      return new Promise((settle) => requestAnimationFrame(() => requestAnimationFrame(settle)));
    });
    await expect.poll(() => tutorial.button(STEP.install, 'run').innerText()).toBe('Run');
    await tutorial.result(STEP.install).getByRole('button', { name: 'Get the rest' }).click();
    // The earlier Stop may reach the server now.
    await tutorial.shows(STEP.install, /Stopped|Done in/);
    await line.close();
  });
});
