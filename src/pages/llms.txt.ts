import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { addressOf, NAVIGATION } from '../navigation.ts';

/** `/llms.txt`: the site's pages with one sentence each, for language models. */
export const GET: APIRoute = async ({ site }) => {
  const pages = new Map((await getCollection('pages')).map((page) => [page.id, page.data]));
  const groups = NAVIGATION.map(({ title, items }) => {
    const lines = items.flatMap(({ page }) => {
      const data = pages.get(page);
      return data ? [`- [${data.title}](${new URL(addressOf(page), site).href}): ${data.summary}`] : [];
    });
    return `## ${title}\n\n${lines.join('\n')}\n`;
  });
  const text = [
    '# Bankrun',
    '> Tutorials for CockroachDB whose every step runs in the page, on a private cluster.',
    'Each page with runnable steps has them as JSON under `/steps/`, for example `/steps/pony.json`; ' +
      'samples are under `/samples/`.',
    groups.join('\n'),
  ];
  return new Response(text.join('\n\n'), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
