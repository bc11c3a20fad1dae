import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations, THEMES } from '../../commands/audit/axe.ts';
import { withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { pasted } from './clipboard.ts';
import { exampleFor, pageWith, useEmbedding } from './other-site.ts';

const RUN = { timeout: 60_000, interval: 100 };
const SELECT = '<run-step mode="insecure"><pre data-kind="sql">SELECT 41 + 1</pre></run-step>';
const PHONE = { viewport: { width: 320, height: 700 }, isMobile: true, hasTouch: true } as const;

const foot = (element: Locator): Promise<string> => element.locator('.foot').innerText();
const result = (element: Locator): Promise<string> => element.locator('.result').innerText();

describe('the element on a page of another site', { timeout: 120_000 }, () => {
  const { site, server } = useEmbedding();
  const open = useChromium();
  const visit = async (page: Page, html: string, policy?: string): Promise<Locator> => {
    await page.goto(site().page(html, policy));
    return page.locator('run-step').first();
  };
  const knowsItsServer = (element: Locator): Promise<void> =>
    expect.poll(() => foot(element), RUN).toContain(`Runs on ${new URL(server().url).host}`);

  it.each([
    ['a classic script', (url: string) => `<script src="${url}/run-step.js"></script>`],
    ['a module', (url: string) => `<script type="module" src="${url}/run-step.js"></script>`],
    [
      'a script that is asked for with CORS',
      (url: string) => `<script src="${url}/run-step.js" crossorigin defer></script>`,
    ],
    [
      'an import of another module',
      (url: string) => `<script type="module">await import('${url}/run-step.js');</script>`,
    ],
  ])('is loaded as %s', async (_, tag) => {
    await knowsItsServer(await visit(await open(), pageWith(server().url, SELECT, tag(server().url))));
  });

  it('is defined once, even when its script is loaded twice', async () => {
    const page = await open();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    const tag = `<script src="${server().url}/run-step.js"></script>`;
    await knowsItsServer(await visit(page, pageWith(server().url, SELECT, tag + tag)));
    expect(errors).toEqual([]);
  });

  it('needs only its script and its connections from a strict policy', async () => {
    const page = await open();
    const violations: string[] = [];
    await page.exposeFunction('complain', (what: string) => violations.push(what));
    await page.addInitScript(() =>
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        window.complain(`${violatedDirective} ${blockedURI}`),
      ),
    );
    const element = await visit(
      page,
      pageWith(server().url, SELECT),
      "default-src 'none'; " +
        `script-src ${server().url}; ` +
        `connect-src ${server().url}; ` +
        "trusted-types 'none'; " +
        "require-trusted-types-for 'script'",
    );
    await knowsItsServer(element);
    expect(await element.locator('figure').evaluate((figure) => getComputedStyle(figure).display)).toBe('flex');
    if (!withoutSandbox) {
      await element.locator('.run').click();
      await expect.poll(() => result(element), RUN).toMatch(/Done in[^]*42/);
    }
    expect(violations).toEqual([]);
  });

  it('says so when the page’s policy blocks its server', async () => {
    const element = await visit(
      await open(),
      pageWith(server().url, SELECT),
      `default-src 'none'; script-src ${server().url}`,
    );
    await expect
      .poll(() => foot(element), RUN)
      .toContain(`its Content-Security-Policy has to name that in connect-src`);
  });

  it('says so when the page has no nameable origin, and stores nothing where it may not', async () => {
    const element = await visit(await open(), pageWith(server().url, SELECT), 'sandbox allow-scripts');
    await expect
      .poll(() => foot(element), RUN)
      .toContain('does not run code for a page without a site of its own: open it from a web server, not from a file.');
  });

  it('shows an author’s mistake in place, and the step once it is mended', async () => {
    const element = await visit(
      await open(),
      pageWith(server().url, '<run-step mode="insecure"><pre data-kind="sq">SELECT 1</pre></run-step>'),
    );
    await expect
      .poll(() => element.locator('[role="alert"]').innerText(), RUN)
      .toBe('This block cannot be run. data-kind="sq" is not a kind: write one of file, shell, sql, input, expected.');
    await element.evaluate((host) => host.firstElementChild!.setAttribute('data-kind', 'sql'));
    await expect.poll(() => element.locator('.code').innerText(), RUN).toBe('SELECT 1');
  });

  it('takes no address from the page, and none of its styles', async () => {
    const styles = '<style>* { display: inline !important; color: red; } pre { font-size: 99px }</style>';
    const element = await visit(
      await open(),
      pageWith(
        server().url,
        `${styles}<run-step mode="insecure" ${['src', 'server', 'data-server']
          .map((name) => `${name}="https://elsewhere.example"`)
          .join(' ')}><pre data-kind="sql">SELECT 1</pre></run-step>`,
      ),
    );
    await knowsItsServer(element);
    expect(await element.locator('.foot a').first().getAttribute('href')).toBe(server().url);
    expect(
      await element
        .locator('.code')
        .evaluate((code) => [getComputedStyle(code).display, Number.parseFloat(getComputedStyle(code).fontSize) < 20]),
    ).toEqual(['block', true]);
  });

  it('leaves its code readable when its script does not load', async () => {
    const page = await open({ javaScriptEnabled: false });
    await visit(page, exampleFor(server().url));
    expect(await page.locator('#transfer pre').first().isVisible()).toBe(true);
    expect(await page.locator('main').innerText()).toContain('cursor.execute("SELECT sum(balance) FROM accounts")');
  });

  it('copies its code as it runs', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await visit(page, exampleFor(server().url));
    const transfer = page.locator('#transfer');
    await transfer.locator('summary').first().click();
    await transfer.getByRole('button', { name: 'Copy transfer.py' }).click();
    await expect.poll(() => transfer.locator('[role="status"]').textContent()).toBe('Copied to the clipboard.');
    expect(await pasted(page)).toMatch(/^import psycopg2\n\nwith [^]*\n {4}with [^]*fetchone\(\)\[0\]\)\n$/);
  });

  it.skipIf(withoutSandbox)(
    'can be used with the keyboard alone, and tells screen readers how a run ended',
    async () => {
      const page = await open();
      const element = await visit(page, pageWith(server().url, SELECT));
      await knowsItsServer(element);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      const focused = (): Promise<string | null | undefined> =>
        element.evaluate((host) => host.shadowRoot?.activeElement?.textContent);
      expect(await focused()).toBe('Run');
      // A short run could be over before the focus is read.
      const read = Promise.withResolvers<void>();
      await page.route('**/api/sandboxes', async (route) => {
        await read.promise;
        await route.continue();
      });
      await page.keyboard.press('Enter');
      expect(await focused()).toBe('Stop');
      read.resolve();
      await expect.poll(() => element.locator('[role="status"]').textContent(), RUN).toBe('Done: SQL as root.');
      expect(await focused()).toBe('Run');
    },
  );

  it.skipIf(withoutSandbox)('stops its run when it is removed from the page', async () => {
    const page = await open();
    const element = await visit(
      page,
      pageWith(server().url, '<run-step mode="insecure"><pre data-kind="shell">echo begun; sleep 25</pre></run-step>'),
    );
    await element.locator('.run').click();
    await expect.poll(() => result(element), RUN).toContain('begun');
    const stopped = page.waitForRequest((request) => request.method() === 'DELETE' && request.url().includes('/runs/'));
    await element.evaluate((host) => host.remove());
    expect((await (await stopped).response())?.status()).toBe(204);
  });

  it.skipIf(withoutSandbox).each(THEMES.map((theme) => ({ theme, scheme: theme.colorScheme })))(
    'breaks no accessibility rule, before and after runs, $scheme',
    async ({ theme }) => {
      const page = await open(theme);
      await visit(page, exampleFor(server().url));
      const elements = page.locator('run-step');
      await knowsItsServer(elements.first());
      expect(await violations(page)).toEqual([]);
      for (const id of ['accounts', 'transfer', 'transfer', 'count', 'secure']) {
        const element = page.locator(`#${id}`);
        await element.locator('.run').click();
        await expect.poll(() => element.locator('.run').innerText(), RUN).toBe('Run');
      }
      await page.locator('#count .head.differs').waitFor();
      await page.locator('summary').first().click();
      expect(await violations(page)).toEqual([]);
    },
  );

  it.skipIf(withoutSandbox)('fits on the narrowest phone, without controls that are too small', async () => {
    const page = await open(PHONE);
    await visit(page, exampleFor(server().url));
    const accounts = page.locator('#accounts');
    await accounts.locator('.run').click();
    await expect.poll(() => result(accounts), RUN).toContain('as expected');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('run-step')].flatMap(({ shadowRoot }) =>
        [...shadowRoot!.querySelectorAll('button, summary')]
          .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 24)
          .map(({ outerHTML }) => outerHTML),
      ),
    );
    expect(small).toEqual([]);
  });
});
