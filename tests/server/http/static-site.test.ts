import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { heldBytes } from '../../support/held-memory.ts';
import { head, listen } from './listening.ts';
import { app, ask, get } from './served-site.ts';

const HELD_BYTES = 64 << 20;

describe('the site', () => {
  it('sends few files to one address at a time, however many it requests, and keeps one copy of each', async () => {
    const { url, send } = await listen(app);
    const before = await heldBytes();
    const clients = Array.from({ length: 128 }, () => send(head('GET', '/large.html').repeat(8)));
    await expect.poll(async () => (await fetch(`${url}/page.html`)).status).toBe(429);
    expect((await heldBytes()) - before).toBeLessThan(HELD_BYTES);
    for (const client of clients) client.destroy();
    await expect.poll(async () => (await fetch(`${url}/page.html`)).status).toBe(200);
  });

  it.each([
    ['/', 'home'],
    ['/page.html', 'a page'],
    ['/page', 'a page'],
  ])('%s is there, with and without .html', async (path, text) => {
    expect(await get(path)).toMatchObject({ status: 200, text });
  });

  it('has its own page for what does not exist', async () => {
    expect(await get('/nowhere.html')).toMatchObject({ status: 404, text: 'not here' });
    expect(await get('/a/b')).toMatchObject({ status: 404, text: 'not here' });
    expect(await get('/sub')).toMatchObject({ status: 404, text: 'not here' });
    // The page may exist after the next build.
    expect((await get('/a/b')).headers.get('cache-control')).toBe('no-cache');
  });

  it('leaves unknown API paths to the API', async () => {
    expect((await get('/api/nowhere')).text).toContain('"code":"not-found"');
  });

  it('serves no file from outside the site', async () => {
    for (const path of [
      '/../outside.html',
      '/%2e%2e/outside.html',
      '/..%2foutside.html',
      '/..%2foutside',
      '/_astro/..%2f..%2foutside.html',
    ]) {
      expect((await ask(path)).bytes.toString(), path).toBe('not here');
    }
  });

  it.each(['/', '/nowhere', '/api/health', '/_astro/script.B1x.js'])(
    '%s may not be framed, and is read as its declared type',
    async (path) => {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );

  it('has one file that pages of other sites may load, as any kind of script, and cache for minutes', async () => {
    const { headers, text } = await get('/run-step.js');
    expect(text).toBe('element;');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect([headers.get('cross-origin-resource-policy'), headers.get('access-control-allow-origin')]).toEqual([
      'cross-origin',
      '*',
    ]);
    expect(headers.get('cache-control')).toBe('public, max-age=600, stale-while-revalidate=3600');
    expect(headers.get('etag')).toMatch(/^"/);
    for (const path of ['/', '/page.html', '/_astro/script.B1x.js', '/nowhere', '/api/health']) {
      const other = (await get(path)).headers;
      expect([path, other.get('cross-origin-resource-policy'), other.get('access-control-allow-origin')]).toEqual([
        path,
        'same-origin',
        null,
      ]);
    }
  });

  it('runs only inline scripts of the build, allows no inline style, and loads nothing from elsewhere', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    const sources = new Map(
      policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
    );
    expect(sources.get('default-src')).toBe("'none'");
    expect(sources.get('script-src')).toBe(
      `'self' 'wasm-unsafe-eval' 'sha256-${createHash('sha256').update('early();').digest('base64')}'`,
    );
    expect(sources.get('style-src')).toBe("'self'");
    for (const refused of ['object-src', 'frame-src', 'frame-ancestors', 'base-uri', 'form-action'])
      expect(sources.get(refused), refused).toBe("'none'");
    expect(
      [...sources.values()].filter((allowed) =>
        /unsafe-inline|unsafe-eval'|https?:|\*/.test(allowed.replace("'wasm-unsafe-eval'", '')),
      ),
    ).toEqual([]);
  });

  it('may write to the clipboard, and use nothing else of the reader’s device', async () => {
    const features = ((await get('/')).headers.get('permissions-policy') ?? '').split(', ');
    expect(features).toEqual(
      expect.arrayContaining([
        'camera=()',
        'microphone=()',
        'geolocation=()',
        'usb=()',
        'payment=()',
        'display-capture=()',
      ]),
    );
    expect(features.filter((feature) => !feature.endsWith('=()'))).toEqual(['clipboard-write=(self)']);
  });
});
