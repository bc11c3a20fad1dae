import { describe, expect, it } from 'vitest';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { whyLeftOut } from '../../commands/verify/needs.ts';
import { readTutorials } from '../../commands/verify/tutorial.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const DJANGO = '/build-a-python-app-with-cockroachdb-django.html?filters=insecure';
const SERVE = 'start-the-server-1';
const ASK = 'use-the-application-5';

describe.skipIf(withoutSandbox)('a person does one tutorial after the other', { timeout: 180_000 }, () => {
  const { reader, server } = useServer();
  const open = useChromium();

  it('gets a fresh cluster for the second, whose background server runs until its own Stop', async ({ skip }) => {
    const reason = await whyLeftOut(
      reader(),
      readTutorials().find(({ slug }) => slug === 'django')!,
    );
    if (reason !== undefined) skip(reason);
    const tutorial = new TutorialPage(await open());
    await tutorial.visit(server().url, 'insecure');
    await tutorial.press(STEP.count);
    await tutorial.ends(STEP.count);

    await tutorial.page.goto(server().url + DJANGO);
    await tutorial.press(ASK);
    await tutorial.shows(ASK, /"accounts": 100/);
    const serve = tutorial.button(SERVE, 'run');
    await expect.poll(() => serve.innerText()).toBe('Stop');
    await tutorial.page.reload();
    await expect.poll(() => serve.innerText()).toBe('Stop');
    await serve.click();
    await tutorial.tells(/^Stopped: python manage.py runserver/);
    await expect.poll(() => tutorial.button(ASK, 'run').innerText()).toMatch(/earlier step/);
    await tutorial.press(ASK);
    await tutorial.tells(/^Done: python ask.py/);
    await expect.poll(() => serve.innerText()).toBe('Stop');
  });
});
