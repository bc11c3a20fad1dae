import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { readSiteHealth, readSitePages, SiteError } from '../../../commands/verify-site/site-pages.ts';
import { UsageError } from '../../../commands/client/command-line.ts';
import { readTutorials } from '../../../commands/verify/tutorial.ts';
import { useBuiltSite } from '../../browser/built-site.ts';
import { listen } from '../../server/http/listening.ts';

/** Returns a site that answers these paths with these texts. */
async function siteOf(answers: Record<string, string>): Promise<string> {
  const app = new Hono().get('*', (context) => {
    const text = answers[context.req.path];
    return text === undefined ? context.notFound() : context.text(text);
  });
  return (await listen(app)).url;
}

const SITEMAP = {
  '/sitemap-index.xml': '<sitemap><loc>https://elsewhere.example/sitemap-0.xml</loc></sitemap>',
  '/sitemap-0.xml': '<url><loc>https://elsewhere.example/a-b.html</loc></url>',
};

describe('the pages of a site', () => {
  const built = useBuiltSite();

  it('are all that have steps, as its own sitemap lists them, for whatever origin it was built', async () => {
    const pages = await readSitePages(built(), []);
    const byName = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name);
    const tutorials = readTutorials().map(({ slug, needs, steps }) => ({ name: slug, needs, steps }));
    expect(pages.map(({ path: _, ...page }) => page).toSorted(byName)).toEqual(tutorials.toSorted(byName));
    expect(pages.find(({ name }) => name === 'pony')?.path).toBe('/build-a-python-app-with-cockroachdb-pony.html');
  });

  it('can be named by their addresses, their steps, or the end of either', async () => {
    const found = await readSitePages(built(), ['sqlalchemy', 'index', 'build-a-nodejs-app-with-cockroachdb']);
    expect(found.map(({ name }) => name).toSorted()).toEqual(['index', 'pg', 'sqlalchemy']);
    await expect(readSitePages(built(), ['pony', 'ponny'])).rejects.toThrow(UsageError);
    await expect(readSitePages(built(), ['pony', 'ponny'])).rejects.toThrow('has no page ponny with steps. It has: ');
  });

  it.each([
    ['without a sitemap', {}, '/sitemap-index.xml is answered with status 404.'],
    ['without a page that it lists', SITEMAP, '/a-b.html is answered with status 404.'],
    ['without steps', { ...SITEMAP, '/a-b.html': '<main id="main">' }, 'has no page with steps.'],
    [
      'with steps that are none',
      { ...SITEMAP, '/a-b.html': '<main data-tutorial="a">', '/steps/a.json': '{"steps":[{}]}' },
      '/steps/a.json does not hold a page’s steps.',
    ],
  ])('cannot be read %s, and the sentence says so', async (_, answers, sentence) => {
    const read = readSitePages(await siteOf(answers), []);
    await expect(read).rejects.toThrow(SiteError);
    await expect(read).rejects.toThrow(sentence);
  });
});

describe('a site', () => {
  it.each([
    ['whose runs are off', { '/api/health': '{"ready":false,"reason":"It is starting."}' }, 'now: It is starting.'],
    ['that is something else', { '/api/health': '{"status":"up"}' }, 'is not the answer of a Bankrun server.'],
    ['that answers in prose', { '/api/health': '<h1>Hello</h1>' }, 'is not the answer of a Bankrun server.'],
    ['without an API', {}, '/api/health is answered with status 404.'],
  ])('%s cannot be tried, and the sentence says so', async (_, answers, sentence) => {
    const read = readSiteHealth(await siteOf(answers));
    await expect(read).rejects.toThrow(SiteError);
    await expect(read).rejects.toThrow(sentence);
  });

  it('that cannot be reached cannot be tried either', async () => {
    await expect(readSiteHealth('http://127.0.0.1:9')).rejects.toThrow(SiteError);
  });
});
