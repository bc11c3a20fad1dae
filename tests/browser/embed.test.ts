import type { Locator, Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestServer, withoutSandbox } from '../support/shared-server.ts';
import { layLine } from './breakable-line.ts';
import { useChromium } from './chromium.ts';
import { RUN, sql, expected, run, result, shows, press, tells } from './embedded-step.ts';
import { exampleFor, pageWith, useEmbedding } from './other-site.ts';

describe.skipIf(withoutSandbox)('steps on a page of another site', { timeout: 120_000 }, () => {
  const { site, stranger, server } = useEmbedding();
  const open = useChromium();
  const visit = async (elements: string, page?: Page): Promise<Page> => {
    const opened = page ?? (await open());
    await opened.goto(site().page(pageWith(server().url, elements)));
    return opened;
  };

  it('the example runs unchanged: earlier steps first, in one cluster, compared with the expected output', async () => {
    const page = await open();
    await page.goto(site().page(exampleFor(server().url)));
    const [accounts, transfer, count, secure] = ['accounts', 'transfer', 'count', 'secure'].map((id) =>
      page.locator(`#${id}`),
    ) as [Locator, Locator, Locator, Locator];
    await expect
      .poll(() => accounts.locator('.foot').innerText())
      .toMatch(/^Runs on 127\.0\.0\.1:\d+, in a cluster of your own: (a stand-in for CockroachDB\.|CockroachDB v)/);
    await press(accounts, /Done in .*, as expected/);
    expect(await accounts.locator('.rows td').allInnerTexts()).toEqual([
      '1',
      'Ada',
      '100',
      '2',
      'Grace',
      '250',
      '3',
      'Edsger',
      '50',
    ]);
    await tells(accounts, 'Done: The accounts. As expected.');
    // The table already exists, and is not created again.
    await press(accounts, /Done in .*, as expected/);
    await press(transfer, /as expected[^]*All of it is still 400/);
    await press(count, /as expected/);
    await press(transfer, /as expected/);
    await press(count, /≠? ?Done in .*, differs from the expected output in 1 line[^]*−\s+80\n\+\s+110/);
    await press(secure, /root/);
  });

  it('shows a program’s output as it arrives, and Stop ends the program', async () => {
    const page = await visit(
      '<run-step mode="insecure"><pre data-kind="shell">echo begun; sleep 25; echo ended</pre></run-step>',
    );
    const element = page.locator('run-step');
    await run(element).click();
    await shows(element, /begun/);
    expect(await run(element).innerText()).toBe('Stop');
    await run(element).click();
    await shows(element, /Stopped[^]*You stopped it\./);
    expect(await result(element)).not.toContain('ended');
    expect(await run(element).innerText()).toBe('Run');
    await element.getByRole('button', { name: 'Run again' }).click();
    await shows(element, /begun/);
    await run(element).click();
    await shows(element, /Stopped/);
  });

  it('shows errors as results of the step in which they happened, and hostile output as text', async () => {
    const markup = 'print("<img src=x onerror=window.hit=1>")';
    const page = await visit(`
      <run-step mode="insecure" id="fails">
        <pre data-kind="file" data-path="x.py">raise SystemExit(3)</pre>
        <pre data-kind="shell">python x.py</pre>
        <pre data-kind="sql">SELECT 1</pre>
      </run-step>
      <run-step mode="insecure" id="markup">
        <pre data-kind="file" data-path="m.py">${markup.replaceAll('<', '&lt;')}</pre>
        <pre data-kind="shell">python m.py</pre>
      </run-step>`);
    const [fails, printsMarkup] = [page.locator('#fails'), page.locator('#markup')];
    await press(fails, /Failed after .*, exit code 3: Shell, which runs before/);
    await press(printsMarkup, '<img src=x onerror=window.hit=1>');
    expect(await page.evaluate(() => 'hit' in window)).toBe(false);
    expect(await printsMarkup.locator('.result img').count()).toBe(0);
  });

  it('two blocks at once: the second has to wait, and then runs', async () => {
    const page = await visit(
      '<run-step mode="insecure" id="long"><pre data-kind="shell">echo begun; sleep 25</pre></run-step>' +
        sql('SELECT 1'),
    );
    const [long, short] = [page.locator('#long'), page.locator('run-step').nth(1)] as const;
    await run(long).click();
    await shows(long, /begun/);
    await press(short, /Not run\s+Another run is under way in your cluster: stop it, or wait for it to end\./);
    await run(long).click();
    await shows(long, /Stopped/);
    await expect.poll(() => run(long).innerText(), RUN).toBe('Run');
    await short.getByRole('button', { name: 'Try again' }).click();
    await shows(short, /1 row/);
  });

  it('waits while all clusters are taken, and Stop ends the waiting', async () => {
    const page = await visit(sql('SELECT 1'));
    await page.route('**/api/sandboxes', (route) =>
      route.fulfill({
        status: 503,
        headers: {
          'access-control-allow-origin': site().origin,
          'access-control-expose-headers': 'Retry-After',
          'retry-after': '9',
        },
        json: { error: { code: 'full', message: 'All clusters of this server are in use.' } },
      }),
    );
    const element = page.locator('run-step');
    await run(element).click();
    await shows(element, /All clusters of this server are in use\. Waiting; the next try is in \d s\./);
    await run(element).click();
    await shows(element, /Stopped\s+You stopped it before it began\./);
    await page.unroute('**/api/sandboxes');
    await element.getByRole('button', { name: 'Try again' }).click();
    await shows(element, /1 row/);
  });

  it('says what happened to a transaction that a block leaves open', async () => {
    const page = await visit(sql('BEGIN; CREATE TABLE lost (n INT)'));
    await press(page.locator('run-step'), /rolled back/);
  });

  it('"Run in a new cluster" starts over, with the earlier steps', async () => {
    const table = '<pre data-kind="sql">CREATE TABLE t (n INT)</pre>';
    const page = await visit(
      [
        `<run-step mode="insecure">${table}<pre data-kind="sql">`,
        'INSERT INTO t VALUES (1) RETURNING (SELECT count(*) FROM t) AS before',
        `</pre>${expected('  before\n----------\n       0\n(1 row)')}</run-step>`,
      ].join(''),
    );
    const element = page.locator('run-step');
    await press(element, /as expected/);
    await press(element, /differs from the expected output in 1 line\s+It had run in this cluster before\./);
    await element.getByRole('button', { name: 'Run in a new cluster' }).click();
    await shows(element, /as expected/);
  });

  it('a reloaded page finds its cluster again; another tab has its own', async () => {
    const elements =
      '<run-step mode="insecure" id="make"><pre data-kind="sql">CREATE TABLE kept (n INT)</pre></run-step>' +
      sql('SHOW TABLES');
    const page = await visit(elements);
    await press(page.locator('#make'), /Done/);
    await page.reload();
    await press(page.locator('run-step').nth(1), /kept/);
    const other = await page.context().newPage();
    await visit(elements, other);
    await press(other.locator('run-step').nth(1), /Done/);
    expect(await result(other.locator('run-step').nth(1))).not.toContain('kept');
    expect(await page.context().cookies()).toEqual([]);
  });

  it('a site that the operator has not named says so, and whom to ask', async () => {
    const page = await open();
    await page.goto(stranger().page(pageWith(server().url, sql('SELECT 1'))));
    const element = page.locator('run-step');
    const sentence =
      `does not run code for pages of ${stranger().origin}: whoever operates it has to name ` +
      `${stranger().origin} in EMBED_ORIGINS.`;
    await expect.poll(() => element.locator('.foot').innerText()).toContain(sentence);
    await press(element, sentence);
    expect(await element.locator('.code').innerText()).toBe('SELECT 1');
  });

  it('the page says when the server is away, and goes on when it is back', async () => {
    const going = await startTestServer({ INSTANCE: 'going', EMBED_ORIGINS: site().origin, WARM_PER_MODE: '0' });
    const page = await open();
    await page.goto(site().page(pageWith(going.url, sql('SELECT 41 + 1'))));
    const element = page.locator('run-step');
    await press(element, /42/);
    await going.stop();
    await press(element, /Not run[^]*cannot be reached\. You can read on, and copy the code\./);
    await tells(element, /^Not run\. .* cannot be reached/);
    const back = await startTestServer({
      INSTANCE: 'going',
      EMBED_ORIGINS: site().origin,
      WARM_PER_MODE: '0',
      PORT: new URL(going.url).port,
    });
    try {
      // Its token is from the previous server: it requests another one by itself.
      await element.getByRole('button', { name: 'Try again' }).click();
      await shows(element, /42/);
    } finally {
      await back.stop();
    }
  });

  it('a broken connection is resumed where it was', async () => {
    const line = await layLine(server().url);
    onTestFinished(() => line.close());
    const page = await open();
    await page.goto(
      site().page(
        pageWith(
          line.url,
          '<run-step mode="insecure"><pre data-kind="shell">' +
            'for i in 1 2 3 4 5 6; do echo line $i; sleep 0.5; done' +
            '</pre></run-step>',
        ),
      ),
    );
    const element = page.locator('run-step');
    await run(element).click();
    await shows(element, /line 2/);
    line.take();
    await shows(element, /The connection broke; getting the rest…/);
    line.mend();
    await shows(element, /Done in/);
    expect(
      (await element.locator('.out').innerText())
        .split('\n')
        .map((each) => each.trim())
        .filter(Boolean),
    ).toEqual([1, 2, 3, 4, 5, 6].map((at) => `line ${at}`));
  });
});
