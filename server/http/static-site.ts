import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const YEAR_SECONDS = 31_536_000;

/** The built site from `siteDir`: pages with and without `.html`, and its own page for what is not there. */
export function staticSite(siteDir: string): Hono {
  const site = new Hono();
  const root = relative(process.cwd(), siteDir) || '.';
  site.use('/_astro/*', async (context, next) => {
    await next();
    if (context.res.ok) context.header('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
  });
  site.use('*', serveStatic({ root }));
  site.use('*', serveStatic({ root, rewriteRequestPath: (path) => (path.endsWith('/') ? `${path}index.html` : `${path}.html`) }));
  site.all('*', (context) => {
    try {
      return context.html(readFileSync(join(siteDir, '404.html'), 'utf8'), 404);
    } catch {
      return context.text('There is no such page. Has the site been built? `npm start` builds it.', 404);
    }
  });
  return site;
}
