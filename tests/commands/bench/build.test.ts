import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDocusaurusSite } from '../../../commands/bench/docusaurus-site.ts';
import { makeLargeSite } from '../../../commands/bench/large-site.ts';
import { costOf, processorTime } from '../../../commands/bench/program-cost.ts';
import { proseOf } from '../../../commands/bench/prose.ts';
import { readPages } from '../../../src/compiler/read-pages.ts';
import { recordingMistakes } from '../../../src/compiler/recording-mistakes.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const PAGES = 40;

describe('a large site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'large-site-'));
  const content = join(folder, 'site/content');
  beforeAll(() => makeLargeSite(ROOT, join(folder, 'site'), PAGES));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has as many pages as it should, without a mistake, and with their recordings', () => {
    const { pages, mistakes } = readPages(content);
    expect(pages).toHaveLength(PAGES);
    expect(mistakes).toEqual([]);
    expect(recordingMistakes(content, pages, '99.9')).toEqual([]);
  });

  it('has pages with steps, samples and text of their own', () => {
    const { pages } = readPages(content);
    const texts = pages.map(({ file }) => readFileSync(join(folder, 'site', file), 'utf8'));
    expect(new Set(texts).size).toBe(PAGES);
    const [one, other] = pages.filter(({ name }) => /^pony-\d+$/.test(name)).map(({ steps }) => JSON.stringify(steps));
    expect(one).toContain('pony-basic-sample.py');
    expect(other).not.toBe(one);
  });

  it('has the same pages for Docusaurus', () => {
    makeDocusaurusSite(content, join(folder, 'docusaurus'));
    for (const { id } of readPages(content).pages)
      expect(existsSync(join(folder, 'docusaurus/docs', `${id}.md`)), id).toBe(true);
    const pony = readFileSync(join(folder, 'docusaurus/docs/build-a-python-app-with-cockroachdb-pony.md'), 'utf8');
    expect(pony).toMatch(/^---\ntitle: "Build a Python App with CockroachDB and PonyORM"\nslug: /);
    expect(pony).toMatch(/^## [^\n]+ \{#[a-z-]+\}$/m);
    expect(pony).toMatch(/^````py\n[^`]*class Account/m);
  });
});

describe('prose', () => {
  it('is the same for the same seed, and has frequent words and rare ones', () => {
    expect(proseOf(3)(20)).toBe(proseOf(3)(20));
    expect(proseOf(3)(20)).not.toBe(proseOf(4)(20));
    const words = proseOf(1)(10_000).split(' ');
    expect(words).toHaveLength(10_000);
    const distinct = new Set(words).size;
    expect(distinct).toBeGreaterThan(2000);
    expect(distinct).toBeLessThan(8000);
  });
});

describe('the cost of a program', () => {
  it('is read from what the shell says of the programs that it ran', () => {
    expect(processorTime('0m0.01s 0m0.02s\n1m2.50s 0m3.25s\n')).toBe(65_750);
    expect(processorTime('')).toBe(0);
  });

  it('includes what it started itself', async () => {
    const busy = 'const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);';
    const start = `require('node:child_process').execFileSync(process.execPath, ['-e', process.argv[1]])`;
    const cost = await costOf(process.execPath, ['-e', start, busy], ROOT);
    expect(cost.ok).toBe(true);
    expect(cost.processorMs).toBeGreaterThan(300);
    if (process.platform === 'linux') expect(cost.peakBytes).toBeGreaterThan(30 * 2 ** 20);
  });

  it('comes with what it printed when it fails', async () => {
    expect(await costOf('sh', ['-c', 'echo why >&2; exit 3'], ROOT)).toMatchObject({ ok: false, output: 'why\n' });
  });
});
