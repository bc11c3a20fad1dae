import { serve, type ServerType } from '@hono/node-server';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { readSiteFiles } from '../../server/http/site-files.ts';
import { staticSite } from '../../server/http/static-site.ts';
import { DIST } from '../../commands/client/dist.ts';

/**
 * Serves the built site for a test file as the server does, without anything that could run code. Returns a function
 * that returns its address.
 */
export function useBuiltSite(): () => string {
  let site: ServerType | undefined;
  let url = '';
  beforeAll(async () => {
    site = serve({ fetch: staticSite(readSiteFiles(DIST), () => 'here').fetch, port: 0, hostname: '127.0.0.1' });
    await once(site, 'listening');
    url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    const closed = site && once(site, 'close');
    site?.close();
    await closed;
  });
  return () => url;
}
