import { describe, expect, it } from 'vitest';
import { violations, THEMES } from '../../commands/audit/axe.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';
import { pasted } from './clipboard.ts';
import { complaintsOf } from './complaints.ts';
import { INTERRUPTIBLE, TerminalPage } from './terminal-page.ts';

describe.skipIf(withoutSandbox)('a terminal makes sure', { timeout: 120_000 }, () => {
  const { server } = useServer();
  const open = useChromium();
  const visit = async (options: Parameters<typeof open>[0] = {}): Promise<TerminalPage> => {
    const tutorial = new TerminalPage(await open(options));
    await tutorial.visit(server().url, 'insecure');
    await tutorial.openTerminal();
    await tutorial.page.keyboard.press('F6');
    return tutorial;
  };

  it('that programs change neither title, links, page colours nor clipboard, and violate no policy', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    const complaints = await complaintsOf(page, server().url);
    const tutorial = new TerminalPage(page);
    await tutorial.visit(server().url, 'insecure');
    await tutorial.openTerminal();
    await tutorial.page.keyboard.press('F6');
    const title = await page.title();
    const ground = (): Promise<string> =>
      tutorial.pane
        .locator('.screen')
        .evaluate((screen) => getComputedStyle(screen.querySelector('.xterm-rows')!).color);
    const before = await ground();
    const evil = [
      '\\e]0;evil\\a',
      '\\e]2;evil\\e\\\\',
      '\\e]8;;https://elsewhere.test/\\alink\\e]8;;\\a',
      '\\e]52;c;ZXZpbA==\\a',
      '\\e]10;#ff0000\\a',
      '\\e]11;#00ff00\\a',
      '\\e[8;1;1t',
      '\\e[38;2;10;200;30mtrue\\e[48;5;99mfar\\e[0m',
    ].join('');
    await tutorial.enter(`printf '${evil} sent\\n'`, /\nlinktruefar sent/);
    await tutorial.page.locator('.xterm-screen:visible').hover();
    expect(await page.title()).toBe(title);
    expect(await tutorial.pane.locator('a, .xterm-underline-1, .xterm-cursor-pointer').count()).toBe(0);
    expect(await ground()).toBe(before);
    expect(await pasted(page)).not.toContain('evil');
    expect(
      await tutorial.pane
        .locator('.xterm-rows span', { hasText: /^true$/ })
        .evaluate((span) => getComputedStyle(span).color),
    ).not.toBe(before);
    expect(complaints).toEqual([]);
  });

  it('that what is pasted runs nothing unseen', async () => {
    const tutorial = await visit();
    await tutorial.paste('echo one; ');
    await tutorial.screenShows(/\$ echo one;$/);
    await tutorial.paste('echo two\necho three \x1b[201~\n');
    const question = tutorial.drawer.getByRole('alertdialog', { name: 'Paste 2 lines?' });
    expect(await question.locator('pre').innerText()).toBe('echo two\necho three [201~');
    expect(await question.innerText()).toContain('1 control character is left out.');
    await tutorial.page.keyboard.press('Escape');
    expect(await question.count()).toBe(0);
    expect(await tutorial.focused()).toBe('terminal');
    await tutorial.screenShows(/\$ echo one;$/);
    await tutorial.paste('echo two\necho three\n');
    await tutorial.page.keyboard.press('Enter');
    await tutorial.screenShows(/three/);
    await tutorial.page.keyboard.press('Enter');
    await tutorial.screenShows(/one\ntwo[^]*three/);
  });

  it('that copied text has no prompts, and that Ctrl-C goes to the program when nothing is selected', async () => {
    const tutorial = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    await tutorial.enter('echo first', /\nfirst/);
    const screen = (await tutorial.pane.locator('.xterm-screen').boundingBox())!;
    await tutorial.page.mouse.move(screen.x + 1, screen.y + 8);
    await tutorial.page.mouse.down();
    await tutorial.page.mouse.move(screen.x + 300, screen.y + 28, { steps: 5 });
    await tutorial.page.mouse.up();
    await tutorial.page.keyboard.press('Control+c');
    expect(await pasted(tutorial.page)).toBe('echo first\nfirst');
    await tutorial.page.bringToFront();
    await tutorial.enter(INTERRUPTIBLE, /\nbegun/);
    await tutorial.page.keyboard.press('Control+c');
    await tutorial.screenShows(/\^C\n\$$/);
  });

  it.each([
    ['a flood', 'yes', /y\ny\ny\ny/],
    ['a flood of questions to the terminal', String.raw`yes "$(printf 'y\e[c\e[5n\e[6n')"`, /y\ny\ny/],
  ])('that %s neither freezes the page nor is lost to Ctrl-C', async (_, command, shows) => {
    const tutorial = await visit();
    await tutorial.enter(command, shows);
    const longest = await tutorial.page.evaluate(async () => {
      let most = 0;
      let last = performance.now();
      for (const until = last + 3000; last < until;) {
        await new Promise((settle) => setTimeout(settle));
        most = Math.max(most, performance.now() - last);
        last = performance.now();
      }
      return most;
    });
    expect(longest).toBeLessThan(1000);
    // Answers to earlier queries go to the shell: that line is given up, too.
    await tutorial.giveUpLine();
    await tutorial.enter('clear; echo $((40 + 2))', /^42\n\$$/);
  });

  it.each(THEMES)('that everybody can use it, $colorScheme', async (theme) => {
    const tutorial = await visit(theme);
    await tutorial.enter('ls --color=always /', /usr/);
    await tutorial.page.keyboard.press('F6');
    if (await tutorial.drawer.getByRole('button', { name: 'Screen reader' }).isVisible())
      await tutorial.drawer.getByRole('button', { name: 'Screen reader' }).click();
    expect(await violations(tutorial.page)).toEqual([]);
    await tutorial.page.keyboard.press('F6');
    await tutorial.paste('a\nb');
    await tutorial.drawer.getByRole('alertdialog').waitFor();
    expect(await violations(tutorial.page)).toEqual([]);
  });

  it('that a selection is readable, also over reversed colours', async () => {
    const tutorial = await visit();
    await tutorial.enter('clear; printf "\\e[7mturned\\e[0m\\n"', /^turned/);
    const colours = (): Promise<string[]> =>
      tutorial.pane
        .locator('.xterm-rows span', { hasText: /^turned$/ })
        .evaluate((span) => [getComputedStyle(span).color, getComputedStyle(span.closest('.screen')!).color]);
    const [turned, ink] = await colours();
    expect(turned).not.toBe(ink);
    const { x, y } = (await tutorial.pane.locator('.xterm-rows span', { hasText: /^turned$/ }).boundingBox())!;
    await tutorial.page.mouse.dblclick(x + 5, y + 5);
    await expect.poll(async () => (await colours())[0]).toBe(ink);
  });

  it.each([[{ forcedColors: 'active' }], [{ forcedColors: 'active', colorScheme: 'dark' }]] as const)(
    'that it uses forced colours, %o',
    async (options) => {
      const tutorial = await visit(options);
      await tutorial.enter('echo seen', /\nseen/);
      const [text, ground, page] = await tutorial.pane
        .locator('.screen')
        .evaluate((screen) => [
          getComputedStyle(screen.querySelector('.xterm-rows')!).color,
          getComputedStyle(screen).backgroundColor,
          getComputedStyle(document.body).color,
        ]);
      expect(text).toBe(page);
      expect(ground).not.toBe(text);
      expect(ground).toMatch(/^rgb\((?:0, 0, 0|255, 255, 255)\)$/);
    },
  );

  it.each([{}, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }])(
    'that a screen reader reads it on request, %o',
    async (options) => {
      const tutorial = await visit(options);
      const read = tutorial.drawer.getByRole('button', { name: 'Screen reader' });
      expect(await read.getAttribute('aria-pressed')).toBe('false');
      // As a screen reader presses it, visible or not.
      await read.evaluate((button: HTMLButtonElement) => {
        button.focus();
        button.click();
      });
      await tutorial.page.keyboard.press('F6');
      await tutorial.enter('echo read out', /\nread out/);
      await expect.poll(() => tutorial.pane.locator('.live-region').textContent()).toContain('read out');
      await expect.poll(() => tutorial.pane.getByRole('listitem').allTextContents()).toContain('read out');
      await tutorial.page.reload();
      await tutorial.screenShows('read out');
      expect(await read.getAttribute('aria-pressed')).toBe('true');
    },
  );
});
