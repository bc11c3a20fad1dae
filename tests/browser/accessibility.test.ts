import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { useServer } from '../support/shared-server.ts';
import { useChromium } from './chromium.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAGES = ['/', '/build-a-python-app-with-cockroachdb-pony.html', '/transactions.html', '/the-stand-in.html'];
const VIEWS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const;

describe('everybody can read the pages', { timeout: 60_000 }, () => {
  const { server } = useServer({ INSTANCE: 'browser' });
  const open = useChromium();

  it.each(PAGES.flatMap((path) => VIEWS.map((view) => ({ path, view, scheme: view.colorScheme }))))('$path breaks no rule of accessibility, $scheme', async ({ path, view }) => {
    const page = await open(view);
    await page.goto(server().url + path);
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const checker = (window as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
      return (await checker.run()).violations.map(({ id, nodes }) => ({ id, first: nodes[0]?.html }));
    });
    expect(violations).toEqual([]);
  });
});
