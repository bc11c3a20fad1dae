import { describe, expect, it } from 'vitest';
import { runBody } from '../../commands/client/reader.ts';
import { readTutorials } from '../../commands/verify/tutorial.ts';
import { MODES } from '../../shared/modes.ts';
import { stepsIn } from '../../shared/step.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

describe.skipIf(withoutSandbox)('what a page sends', () => {
  const { server } = useServer();
  const open = useChromium();

  it.each(MODES)('is, byte for byte, what verification sends, %s', async (mode) => {
    const { steps } = readTutorials().find(({ slug }) => slug === 'pony')!;
    const verified = stepsIn(steps, mode).map(({ step }) => step);
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, mode);
    const run = tutorial.page.waitForRequest((each) => each.method() === 'POST' && each.url().endsWith('/runs'));
    await tutorial.press(STEP.count);
    const upToCount = verified.slice(0, verified.findIndex(({ id }) => id === STEP.count) + 1);
    expect(upToCount.length).toBeGreaterThan(8);
    expect((await run).postData()).toBe(runBody(upToCount));
  });
});
