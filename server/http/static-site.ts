import { Hono, type Context } from 'hono';
import type { LimitName } from '../errors.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import type { Counter } from './counter.ts';
import { preferredEncoding, type Encoding } from './encoding.ts';
import { onResponseEnd } from './response-end.ts';
import type { AddressOf } from './client-address.ts';
import { problemHandler } from './problems.ts';
import { RUN_STEP_CACHING, RUN_STEP_SCRIPT } from './run-step-script.ts';
import { sendBytes } from './shared-bytes.ts';
import type { Representation, SiteFile } from './site-files.ts';
import { SiteLabels } from './site-labels.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';

const YEAR_SECONDS = 31_536_000;
/** The most files that are being sent at once; a client could request thousands and read none of them. */
const FILES_OF_ADDRESS = 512;
const FILES_OF_ALL = 2048;

/**
 * Returns an app that serves these files: pages with and without `.html`, and the site's 404 page for unknown paths.
 * Each file is sent in the stored coding that the client prefers, or not at all when the client's copy is current.
 */
export function staticSite(
  files: ReadonlyMap<string, SiteFile>,
  addressOf: AddressOf,
  report: Report = log,
  inProgress?: Counter<LimitName>,
  labels = new SiteLabels(files),
): Hono {
  const site = new Hono();
  const underWay = new ConcurrencyLimit('files', 'files', inProgress);
  site.onError(problemHandler(report));
  site.use('*', async (context: Context, next) => {
    const address = { of: `address ${addressOf(context)}`, most: FILES_OF_ADDRESS, words: 'your network address' };
    onResponseEnd(
      context,
      underWay.begin([address, { of: 'all', most: FILES_OF_ALL, words: 'all readers of this server' }]),
    );
    await next();
  });
  site.get('*', async (context, next) => {
    const asked = decoded(context.req.path);
    const path = [asked, asked.endsWith('/') ? `${asked}index.html` : `${asked}.html`].find((each) => files.has(each));
    if (path === undefined) return await next();
    const page = context.req.method === 'GET' ? labels.pageIn(path) : undefined;
    if (page !== undefined) report({ type: 'page-served', page });
    return sendConditionally(context, path, files.get(path)!);
  });
  site.all('*', (context) => {
    context.status(404);
    context.header('Cache-Control', 'no-cache');
    const page = files.get('/404.html');
    return page
      ? send(context, page, chosen(context, page))
      : context.text('There is no such page. Has the site been built? `npm start` builds it.');
  });
  return site;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Returns the coding to send a file in, and sets `Vary`. */
function chosen(context: Context, { encoded }: SiteFile): Encoding | undefined {
  if (encoded.size > 0) context.header('Vary', 'Accept-Encoding');
  return preferredEncoding(context.req.header('accept-encoding'), [...encoded.keys()]);
}

/** Sends a file, or 304 when the client's copy is current. */
function sendConditionally(context: Context, path: string, file: SiteFile): Response {
  const encoding = chosen(context, file);
  const { etag } = represented(file, encoding);
  context.header('ETag', etag);
  context.header('Cache-Control', cachingOf(path));
  // For `type="module"`, `crossorigin`, and cross-origin isolated pages.
  if (path === RUN_STEP_SCRIPT) context.header('Access-Control-Allow-Origin', '*');
  return names(context.req.header('if-none-match'), etag) ? context.body(null, 304) : send(context, file, encoding);
}

function cachingOf(path: string): string {
  if (path === RUN_STEP_SCRIPT) return RUN_STEP_CACHING;
  // The names of these files contain a hash of their content.
  return path.startsWith('/_astro/') ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache';
}

function send(context: Context, file: SiteFile, encoding: Encoding | undefined): Response {
  context.header('Content-Type', file.type);
  if (encoding) context.header('Content-Encoding', encoding);
  return sendBytes(context, represented(file, encoding).bytes);
}

function represented({ plain, encoded }: SiteFile, encoding: Encoding | undefined): Representation {
  return (encoding && encoded.get(encoding)) ?? plain;
}

/**
 * Whether an `If-None-Match` header names that ETag. Proxies that compress make it weak, which counts as equal here
 * (RFC 9110, 13.1.2).
 */
function names(header: string | undefined, etag: string): boolean {
  return (header ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === '*' || each === etag);
}
