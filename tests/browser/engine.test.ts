import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { EngineInfo } from '../../shared/protocol.ts';
import { useServer } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { STEP, TutorialPage } from './tutorial-page.ts';

const DJANGO = '/build-a-python-app-with-cockroachdb-django.html?filters=insecure';
const PONY = '/build-a-python-app-with-cockroachdb-pony.html?filters=insecure';
const WITHOUT_STEPS = '/the-stand-in.html';
const V21: EngineInfo = { name: 'CockroachDB', version: 'v21.1.0', standIn: false };
const STAND_IN: EngineInfo = { name: 'stand-in', version: 'v25.2.0', standIn: true };

describe('a person sees which engine runs', { timeout: 60_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const head = (page: Page): Promise<string | null> => page.locator('[data-engine]').textContent();

  /**
   * Opens a page of a server that runs this engine. Returns the page's API requests from then on; the array keeps
   * growing.
   */
  const visit = async (page: Page, path: string, engine: EngineInfo, until = Promise.resolve()): Promise<string[]> => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/')) asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    await page.route('**/api/health', async (route) => {
      await until;
      await route.fulfill({ json: { ready: true, engine } });
    });
    await page.goto(server().url + path);
    return asked;
  };

  it.each([
    { name: 'CockroachDB v21.1.0', engine: V21 },
    { name: 'PostgreSQL stand-in v25.2.0', engine: STAND_IN },
  ])('$name, in the head of the page, as soon as it is known, and nothing moves for it', async ({ engine, name }) => {
    const page = await open();
    let release = (): void => undefined;
    const held = new Promise<void>((settle) => {
      release = settle;
    });
    await visit(page, PONY, engine, held);
    const boxes = (): Promise<unknown> =>
      page
        .locator('.brand, .search-open, [data-theme-toggle], h1')
        .evaluateAll((all) => all.map((each) => JSON.stringify(each.getBoundingClientRect())));
    const before = await boxes();
    expect(await head(page)).toBe('');
    release();
    await expect.poll(() => head(page)).toBe(name);
    expect(await boxes()).toEqual(before);
  });

  it('none when no engine is known: on a page that needs none, and without scripts', async () => {
    const page = await open();
    const asked = await visit(page, WITHOUT_STEPS, V21);
    await page.waitForLoadState('networkidle');
    expect([await head(page), asked]).toEqual(['', []]);
    const plain = await open({ javaScriptEnabled: false });
    await plain.goto(server().url + DJANGO);
    expect(await plain.locator('header.top').innerText()).not.toMatch(/\bv\d/);
    expect(await plain.locator('main > .title').innerText()).toContain('Needs CockroachDB v23.2 or newer.');
  });

  it('too old for a tutorial: the page says what it needs, runs nothing, and keeps its recordings', async () => {
    const page = await open();
    const asked = await visit(page, DJANGO, V21);
    const sentence = 'This tutorial needs CockroachDB v23.2 or newer, and CockroachDB v21.1.0 runs here.';
    await expect.poll(() => page.locator('[data-cluster]').innerText()).toContain(sentence);
    const figure = page.locator('#step-block-install-django-1');
    const run = figure.locator('[data-action="run"]');
    expect(await run.getAttribute('title')).toContain(sentence);
    expect(await run.evaluate((button) => button.classList.contains('blocked'))).toBe(true);
    await run.click();
    await expect.poll(() => figure.locator('[data-result]').innerText()).toContain(sentence);
    await expect.poll(() => page.locator('[data-status]').textContent()).toContain(sentence);
    await figure.locator('[data-action="edit"]').click();
    await figure.locator('[contenteditable="true"]').press('Control+Enter');
    expect(await figure.locator('.recorded:visible summary').innerText()).toMatch(
      /^Recorded on .*; the engine that runs here is too old for this page\.$/,
    );
    expect(await figure.locator('.recorded:visible pre').innerText()).toContain(
      'Requirement already satisfied: django',
    );
    await page.waitForLoadState('networkidle');
    expect([...new Set(asked)]).toEqual(['GET /api/health']);
  });

  it('too old for a tutorial: an early press, before that is known, runs nothing either', async () => {
    const page = await open();
    let release = (): void => undefined;
    const held = new Promise<void>((settle) => {
      release = settle;
    });
    const asked = await visit(page, DJANGO, V21, held);
    const figure = page.locator('#step-block-install-django-1');
    await figure.locator('[data-action="run"]').click();
    await figure.locator('[data-action="edit"]').click();
    await figure.locator('[contenteditable="true"]').waitFor();
    release();
    await expect.poll(() => figure.locator('[data-result]').innerText()).toContain('needs CockroachDB v23.2 or newer');
    await page.waitForLoadState('networkidle');
    expect([...new Set(asked)]).toEqual(['GET /api/health']);
  });

  it('old, but new enough for a tutorial that does not need a newer one', async () => {
    const tutorial = new TutorialPage(await open());
    await visit(tutorial.page, PONY, V21);
    await expect.poll(() => tutorial.cluster.innerText()).toContain('CockroachDB v21.1.0');
    expect(await tutorial.button(STEP.install, 'run').getAttribute('title')).toBe('');
  });
});
