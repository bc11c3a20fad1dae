import { describe, expect, it } from 'vitest';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { laySlowLine } from './slow-line.ts';
import { INTERRUPTIBLE, TerminalPage } from './terminal-page.ts';
import { STEP } from './tutorial-page.ts';

/** The time of a round trip. */
const LATENCY_MS = 300;

describe.skipIf(withoutSandbox)('the terminal and the keyboard', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (options: Parameters<typeof open>[0] = {}, url = server().url): Promise<TerminalPage> => {
    const tutorial = new TerminalPage(await open(options));
    await tutorial.visit(url, 'insecure');
    await expect.poll(() => tutorial.opener.isVisible()).toBe(true);
    return tutorial;
  };

  it('loses no key at 300 ms of latency, and never shows an empty pane', async () => {
    const line = await laySlowLine(server().url, LATENCY_MS / 2);
    const tutorial = await visit({}, line.url);
    await expect.poll(() => tutorial.cluster.innerText(), { timeout: 60_000 }).not.toBe('');
    await tutorial.page.evaluate(() => {
      const looks: string[] = (window.seen = []);
      const look = (): void => {
        const drawer = document.querySelector('.drawer:not([hidden])');
        const rows =
          drawer?.querySelector('.pane:not([hidden]) .xterm-rows')?.textContent?.replaceAll('\u00a0', ' ').trim() ?? '';
        const isStarting =
          drawer?.querySelector('.pane') === null ||
          drawer?.querySelector('.pane:not([hidden])[data-starting]') !== null;
        if (drawer)
          looks.push(
            isStarting
              ? drawer.textContent?.includes('Starting…')
                ? 'starting'
                : 'empty'
              : rows === ''
                ? 'empty'
                : 'shown',
          );
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await tutorial.opener.click();
    await tutorial.page.keyboard.type('echo no key | tr k K\n');
    await tutorial.screenShows(/^\$ echo no key \| tr k K\nno Key\n\$$/);
    const looks = await tutorial.page.evaluate(() => window.seen);
    expect(looks.filter((look, index) => look !== looks[index - 1])).toEqual(['starting', 'shown']);
    await line.close();
  });

  it('does not take the focus from the page, nor Enter, the space bar and the slash', async () => {
    const tutorial = await visit();
    await tutorial.openTerminal();
    await expect.poll(() => tutorial.focused()).toBe('Terminal');
    await tutorial.page.keyboard.press('/');
    await tutorial.page.getByRole('searchbox').waitFor();
    await tutorial.page.keyboard.press('Escape');
    await tutorial.opener.press('Enter');
    await tutorial.drawer.waitFor({ state: 'hidden' });
    await tutorial.opener.press('Space');
    await tutorial.drawer.waitFor();
    await tutorial.page.keyboard.type('echo in');
    await tutorial.screenShows(/\$ echo in$/);
    await expect.poll(() => tutorial.focused()).toBe('terminal');
  });

  it('is left and entered with F6, and passes all other keys to programs', async () => {
    const tutorial = await visit();
    await tutorial.openTerminal();
    await tutorial.page.keyboard.press('F6');
    expect(await tutorial.focused()).toBe('terminal');
    expect(await tutorial.drawer.locator('.hint').innerText()).toBe('F6 leaves the terminal');
    for (const key of ['Tab', 'Shift+Tab', 'Escape', 'Control+Enter', '/', 'Control+k', 'Control+u'])
      await tutorial.page.keyboard.press(key);
    expect(await tutorial.focused()).toBe('terminal');
    expect(await tutorial.page.getByRole('searchbox').isVisible()).toBe(false);
    await tutorial.enter(INTERRUPTIBLE, /\nbegun/);
    await tutorial.page.keyboard.press('Control+c');
    await tutorial.screenShows(/\^C\n\$$/);
    await tutorial.page.keyboard.press('F6');
    expect(await tutorial.focused()).toBe('Terminal');
    expect(await tutorial.drawer.locator('.hint').innerText()).toBe('F6 goes to the terminal');
    // And the page's own keys work.
    await tutorial.edit(STEP.install, 'echo by its own key');
    await tutorial.page.keyboard.press('Control+Enter');
    await tutorial.shows(STEP.install, 'by its own key');
  });

  it('walks through its tabs with arrow keys, and changes its height with keys on its edge', async () => {
    const tutorial = await visit();
    await tutorial.openTerminal();
    await tutorial.tab('Terminal').focus();
    await tutorial.page.keyboard.press('ArrowRight');
    await tutorial.screenShows(/defaultdb>$/);
    expect(await tutorial.focused()).toBe('SQL shell');
    await tutorial.page.keyboard.press('Home');
    await tutorial.screenShows(/^\$$/);
    const edge = tutorial.drawer.getByRole('separator', { name: 'Height of the terminal' });
    const height = async (): Promise<number> => (await tutorial.drawer.boundingBox())!.height;
    const first = await height();
    expect(first).toBeLessThanOrEqual(450);
    await edge.focus();
    for (let press = 0; press < 5; press += 1) await tutorial.page.keyboard.press('ArrowUp');
    expect(await height()).toBe(first + 80);
    await tutorial.page.keyboard.press('End');
    expect(await height()).toBeLessThan(900 - 56);
    expect(await edge.getAttribute('aria-valuenow')).toBe(String(await height()));
    await tutorial.page.keyboard.press('Home');
    await tutorial.page.keyboard.press('PageUp');
    const chosen = await height();
    await tutorial.page.reload();
    await tutorial.screenShows(/\$$/);
    expect(await height()).toBe(chosen);
    // The program knows its size.
    await edge.focus();
    await tutorial.page.keyboard.press('PageUp');
    await tutorial.page.keyboard.press('F6');
    await tutorial.enter('stty size', /\n\d+ \d+\n/);
    const rows = await tutorial.pane.locator('.xterm-rows > div').count();
    expect(await tutorial.screen()).toMatch(new RegExp(`\\n${rows} \\d+\\n`));
  });

  it('can be resized by dragging its edge', async () => {
    const tutorial = await visit();
    await tutorial.openTerminal();
    const before = (await tutorial.drawer.boundingBox())!;
    await tutorial.page.mouse.move(600, before.y);
    await tutorial.page.mouse.down();
    await tutorial.page.mouse.move(600, before.y - 120, { steps: 4 });
    await tutorial.page.mouse.up();
    await tutorial.page.mouse.move(600, before.y - 300);
    expect((await tutorial.drawer.boundingBox())!.height).toBe(before.height + 120);
  });

  it.each([320, 390])(
    'keeps the last line in sight when a message appears above it, and has a touch button, %i wide',
    async (wide) => {
      const tutorial = await visit({ viewport: { width: wide, height: 844 }, isMobile: true, hasTouch: true });
      const { width, height } = (await tutorial.opener.boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(36);
      await tutorial.opener.tap();
      await tutorial.screenShows(/\$$/);
      await tutorial.pane.tap();
      await tutorial.enter('seq 50; exit 3', /50/);
      await expect.poll(() => tutorial.line.innerText()).toBe('It has ended, with exit code 3.');
      await expect
        .poll(async () => {
          const [pane, last] = await Promise.all([
            tutorial.pane.boundingBox(),
            tutorial.pane.locator('.xterm-rows > div').last().boundingBox(),
          ]);
          return pane!.y + pane!.height - last!.y - last!.height;
        })
        .toBeGreaterThanOrEqual(0);
      expect(await tutorial.page.evaluate(() => document.documentElement.scrollWidth)).toBe(wide);
    },
  );

  it('has buttons on a phone for keys that its keyboard lacks', async () => {
    const tutorial = await visit({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await tutorial.opener.tap();
    await tutorial.screenShows(/\$$/);
    const { width, height, x } = (await tutorial.drawer.boundingBox())!;
    expect([x, width]).toEqual([0, 390]);
    expect(height).toBeLessThanOrEqual(422);
    await tutorial.pane.tap();
    await tutorial.enter('echo begun; cat', /\nbegun/);
    const key = (name: string): Promise<void> => tutorial.drawer.getByRole('button', { name, exact: true }).tap();
    await key('Ctrl');
    await tutorial.page.keyboard.type('c');
    await tutorial.screenShows(/\^C\n\$$/);
    await key('Up');
    await tutorial.screenShows(/\$ echo begun; cat$/);
    await key('Escape');
    await key('Tab');
    expect(await tutorial.focused()).toBe('terminal');
    await tutorial.giveUpLine();
    await tutorial.enter('for i in $(seq 60); do echo line $i; done', /line 60\n\$$/);
    const { x: left, y: top } = (await tutorial.pane.boundingBox())!;
    const session = await tutorial.page.context().newCDPSession(tutorial.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number): Promise<unknown> =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: left + 100, y: top + y }],
      });
    const scrolled = await tutorial.page.evaluate(() => scrollY);
    await touch('touchStart', 10);
    for (let y = 20; y <= 110; y += 10) await touch('touchMove', y);
    await touch('touchEnd', 110);
    await expect.poll(() => tutorial.screen()).not.toContain('line 60');
    expect(await tutorial.screen()).toContain('line 5');
    expect(await tutorial.page.evaluate(() => scrollY)).toBe(scrolled);
  });
});
