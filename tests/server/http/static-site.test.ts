import { Hono } from 'hono';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { apiApp } from '../../../server/http/app.ts';
import { staticSite } from '../../../server/http/static-site.ts';
import { Service } from '../../../server/sandbox/service.ts';
import { head, listen } from './listening.ts';

const dist = mkdtempSync(join(tmpdir(), 'bankrun-site-'));
writeFileSync(join(dist, 'index.html'), 'home');
writeFileSync(join(dist, 'page.html'), 'a page');
writeFileSync(join(dist, '404.html'), 'not here');
writeFileSync(join(dist, 'large.html'), Buffer.alloc(16 << 20));
afterAll(() => rmSync(dist, { recursive: true }));

// Put together as main.ts does it: what one of them does not answer, the other must.
const app = new Hono();
app.route('/', apiApp(new Service(), { trustProxy: false, isLocal: true, sandboxesPerAddress: 16 }));
app.route('/', staticSite(dist, () => 'here'));
const get = async (path: string): Promise<{ status: number; text: string; headers: Headers }> => {
  const answer = await app.request(`http://localhost${path}`, { headers: { host: 'localhost' } });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};

/** How often this process has that file of the site open. */
function openTimes(name: string): number {
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return links.filter((link) => link === join(dist, name)).length;
}

describe('the site', () => {
  it('keeps few files open for one address, however many it asks for and does not take', async () => {
    const { url, send } = await listen(app);
    const clients = Array.from({ length: 128 }, () => send(head('GET', '/large.html').repeat(8)));
    await expect.poll(async () => (await fetch(`${url}/page.html`)).status).toBe(429);
    expect(openTimes('large.html')).toBeLessThanOrEqual(512);
    for (const client of clients) client.destroy();
    await expect.poll(async () => (await fetch(`${url}/page.html`)).status).toBe(200);
    await expect.poll(() => openTimes('large.html')).toBe(0);
  });

  it.each([['/', 'home'], ['/page.html', 'a page'], ['/page', 'a page']])('%s is there, with and without .html', async (path, text) => {
    expect(await get(path)).toMatchObject({ status: 200, text });
  });

  it('has a page of its own for what is not there', async () => {
    expect(await get('/nowhere.html')).toMatchObject({ status: 404, text: 'not here' });
    expect(await get('/a/b')).toMatchObject({ status: 404, text: 'not here' });
  });

  it('leaves what is not in the API to the API', async () => {
    expect((await get('/api/nowhere')).text).toContain('"code":"not-found"');
  });

  it('gives no file from outside of it', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json']) expect((await get(path)).status).toBe(404);
  });

  it('may not be put into a frame of another site, and is read as what it says it is', async () => {
    const { headers } = await get('/');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBeNull();
  });
});
