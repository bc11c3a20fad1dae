import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIST } from '../../commands/client/dist.ts';
import { readTutorials } from '../../commands/verify/tutorial.ts';
import { stepsInHtml } from '../support/html-steps.ts';

const pages = readdirSync(DIST)
  .filter((file) => file.endsWith('.html'))
  .map((file) => readFileSync(join(DIST, file), 'utf8'));
const tutorials = readTutorials();

describe('the steps that a page’s figures carry', () => {
  it.each(tutorials)('are those that verification runs: $slug', ({ slug, steps }) => {
    const [html, ...others] = pages.filter((page) => page.includes(`data-tutorial="${slug}"`));
    expect(others).toEqual([]);
    expect(JSON.stringify(stepsInHtml(html ?? ''))).toBe(JSON.stringify(steps));
  });

  it('are on no other page', () => {
    const carrying = pages.filter((page) => stepsInHtml(page).length > 0);
    expect(tutorials.length).toBeGreaterThan(5);
    expect(carrying).toHaveLength(tutorials.length);
  });
});
