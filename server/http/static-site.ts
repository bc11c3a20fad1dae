import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context } from 'hono';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { onceOver } from './over.ts';
import type { AddressOf } from './owner.ts';
import { problemAnswer } from './problems.ts';
import { UnderWay } from './under-way.ts';

const YEAR_SECONDS = 31_536_000;
/** Each is an open file until its client has taken it; a client can ask for thousands on one connection, and take none. */
const FILES_OF_ADDRESS = 512;
const FILES_OF_ALL = 2048;

/** The built site from `siteDir`: pages with and without `.html`, and its own page for what is not there. */
export function staticSite(siteDir: string, addressOf: AddressOf): Hono {
  const site = new Hono();
  const files = new UnderWay('files');
  site.onError(problemAnswer);
  site.use('*', async (context: Context, next) => {
    const address = { of: `address ${addressOf(context)}`, most: FILES_OF_ADDRESS, words: 'your network address' };
    onceOver(context, files.begin([address, { of: 'all', most: FILES_OF_ALL, words: 'all readers of this server' }]));
    await next();
  });
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
