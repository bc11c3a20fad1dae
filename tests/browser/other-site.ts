import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { RunningServer } from '../../commands/client/server.ts';
import { startTestServer } from '../support/shared-server.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../docs/run-step-example.html');
const START_MS = 120_000;
/** The Bankrun that the example names. */
const EXAMPLE_SERVER = 'http://localhost:4321';

/** A site at another origin, which knows only the address of Bankrun. */
export interface OtherSite {
  origin: string;
  /** Serves this page with this policy from now on. Returns the page's address. */
  page(html: string, policy?: string): string;
  stop(): void;
}

/** Starts a site on a free port, and so at an origin of its own. */
async function startOtherSite(): Promise<OtherSite> {
  const pages = new Map<string, { html: string; policy: string | undefined }>();
  const server = createServer(({ url = '' }, response) => {
    const page = pages.get(url);
    if (url === '/run-step-example.css')
      return void response
        .writeHead(200, { 'Content-Type': 'text/css' })
        .end(readFileSync(EXAMPLE.replace('.html', '.css')));
    const policy = page?.policy === undefined ? {} : { 'Content-Security-Policy': page.policy };
    response.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8', ...policy }).end(page?.html);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    page: (html, policy) => {
      const path = `/page-${pages.size + 1}`;
      pages.set(path, { html, policy });
      return origin + path;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Starts, for a test file, a site that may run steps, one that may not, and a Bankrun that is configured so. */
export function useEmbedding(): { site: () => OtherSite; stranger: () => OtherSite; server: () => RunningServer } {
  let started: { site: OtherSite; stranger: OtherSite; server: RunningServer } | undefined;
  const of =
    <K extends 'site' | 'stranger' | 'server'>(which: K) =>
    (): NonNullable<typeof started>[K] => {
      if (!started) throw new Error(`the ${which} has not started`);
      return started[which];
    };
  beforeAll(async () => {
    const [site, stranger] = await Promise.all([startOtherSite(), startOtherSite()]);
    started = { site, stranger, server: await startTestServer({ EMBED_ORIGINS: site.origin }) };
  }, START_MS);
  afterAll(async () => {
    started?.site.stop();
    started?.stranger.stop();
    await started?.server.stop();
  }, START_MS);
  return { site: of('site'), stranger: of('stranger'), server: of('server') };
}

/** Returns the example as its author would put it on their site, with the address of this Bankrun. */
export function exampleFor(server: string): string {
  const example = readFileSync(EXAMPLE, 'utf8');
  if (example.split(EXAMPLE_SERVER).length !== 2)
    throw new Error('the example names its server in more than one place, or in none');
  return example.replace(EXAMPLE_SERVER, server);
}

/** Returns a page with these elements, which loads the script with this tag. */
export function pageWith(
  server: string,
  elements: string,
  tag = `<script src="${server}/run-step.js" async></script>`,
): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page of another site</title>' +
    `${tag}</head><body><main><h1>A page</h1>${elements}</main></body></html>`
  );
}
