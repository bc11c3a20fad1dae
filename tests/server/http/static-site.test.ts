import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { apiApp } from '../../../server/http/app.ts';
import { inlineScriptHashes, readSiteFiles } from '../../../server/http/site-files.ts';
import { staticSite } from '../../../server/http/static-site.ts';
import { Service } from '../../../server/sandbox/service.ts';
import { heldBytes } from '../../support/held-memory.ts';
import { head, listen } from './listening.ts';

const folder = mkdtempSync(join(tmpdir(), 'bankrun-site-'));
const dist = join(folder, 'dist');
mkdirSync(dist);
writeFileSync(join(folder, 'outside.html'), 'not of the site');
writeFileSync(join(dist, 'subindex.html'), 'another page');
const PAGE = `<!doctype html>${'a long page '.repeat(200)}`;
const HELD_BYTES = 64 << 20;
writeFileSync(join(dist, 'index.html'), 'home');
writeFileSync(join(dist, 'page.html'), 'a page');
writeFileSync(join(dist, 'run-step.js'), 'element;');
writeFileSync(
  join(dist, 'scripts.html'),
  '<script type="application/json">[1]</script><script>early();</script><script src="/_astro/script.B1x.js"></script>',
);
writeFileSync(join(dist, '404.html'), 'not here');
writeFileSync(join(dist, 'large.html'), Buffer.alloc(16 << 20));
writeFileSync(join(dist, 'long.html'), PAGE);
writeFileSync(join(dist, 'long.html.br'), brotliCompressSync(PAGE));
writeFileSync(join(dist, 'long.html.gz'), gzipSync(PAGE));
writeFileSync(join(dist, 'alone.gz'), 'an archive');
mkdirSync(join(dist, '_astro'));
writeFileSync(join(dist, '_astro/script.B1x.js'), 'let a;');
afterAll(() => rmSync(folder, { recursive: true }));

// Put together as main.ts does it: what one of them does not answer, the other must.
const app = new Hono();
const files = readSiteFiles(dist);
app.route(
  '/',
  apiApp(new Service(), {
    trustProxy: false,
    isLocal: true,
    sandboxesPerAddress: 16,
    inlineScripts: inlineScriptHashes(files),
  }),
);
app.route(
  '/',
  staticSite(files, () => 'here'),
);
const get = async (path: string): Promise<{ status: number; text: string; headers: Headers }> => {
  const answer = await app.request(`http://localhost${path}`, { headers: { host: 'localhost' } });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};

describe('the site', () => {
  it('has few files on their way to one address, however many it asks for and does not take, and one copy of each', async () => {
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

  it('has a page of its own for what is not there', async () => {
    expect(await get('/nowhere.html')).toMatchObject({ status: 404, text: 'not here' });
    expect(await get('/a/b')).toMatchObject({ status: 404, text: 'not here' });
    expect(await get('/sub')).toMatchObject({ status: 404, text: 'not here' });
    // The page may be there after the next build.
    expect((await get('/a/b')).headers.get('cache-control')).toBe('no-cache');
  });

  it('leaves what is not in the API to the API', async () => {
    expect((await get('/api/nowhere')).text).toContain('"code":"not-found"');
  });

  it('gives no file from outside of it', async () => {
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
    '%s may not be put into a frame, and is read as what it says it is',
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

  it('has one file that pages of other sites may load, as a script of any kind, and keep for minutes', async () => {
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

  it('runs of the scripts in a page itself those that the build has put there, shows no style in it, and takes nothing from elsewhere', async () => {
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

  it('may write to the clipboard, and use nothing else of the reader’s machine', async () => {
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

/** Asks a server as a client does that writes its own heads, and takes the bytes as they come. */
async function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer }> {
  const { url } = await listen(app);
  // The path by itself: as a part of an address it would lose its dots here, and never reach the server with them.
  const asked = request(url, { path, method, headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(await answer.toArray()) };
}

describe('a file that the build compressed', () => {
  it.each([
    ['a client that says nothing', undefined, undefined],
    ['a browser', 'gzip, deflate, br, zstd', 'br'],
    ['who has no brotli', 'gzip, deflate', 'gzip'],
    ['who knows it by its old name', 'x-gzip', 'gzip'],
    ['who writes in capitals', 'BR', 'br'],
    ['who likes gzip better', 'br;q=0.4, gzip;q=0.8', 'gzip'],
    ['who likes it a little', 'br;q=0.001', 'br'],
    ['who refuses brotli', 'br;q=0, gzip', 'gzip'],
    ['who takes anything', '*', 'br'],
    ['who takes anything but brotli', 'br;q=0, *', 'gzip'],
    ['who likes it best as it is', 'identity, br;q=0.5', undefined],
    ['who likes it as it is as well as brotli', 'identity, br', 'br'],
    ['who refuses all codings', '*;q=0, identity', undefined],
    ['who would take nothing at all', 'identity;q=0, *;q=0', undefined],
    ['who knows others', 'zstd, deflate', undefined],
  ])('goes to %s (%s) as %s', async (_, accept, encoding) => {
    const { status, headers, bytes } = await ask(
      '/long.html',
      accept === undefined ? {} : { 'accept-encoding': accept },
    );
    expect({
      status,
      encoding: headers['content-encoding'],
      vary: headers.vary,
      length: headers['content-length'],
    }).toEqual({ status: 200, encoding, vary: 'Accept-Encoding', length: String(bytes.length) });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const plain = encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes;
    expect(plain.toString()).toBe(PAGE);
  });

  it('is at no address of its own, and a file that only has such a name is', async () => {
    expect((await ask('/long.html.br')).status).toBe(404);
    expect((await ask('/long.html.gz')).status).toBe(404);
    expect((await ask('/alone.gz')).bytes.toString()).toBe('an archive');
  });

  it('has a strong validator for each coding, and another when it changes', async () => {
    const etags = await Promise.all(
      ['br', 'gzip', 'identity'].map(
        async (accept) => (await ask('/long.html', { 'accept-encoding': accept })).headers.etag,
      ),
    );
    for (const etag of etags) expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect(new Set(etags).size).toBe(3);
    expect((await ask('/page.html')).headers.etag).not.toBe((await ask('/')).headers.etag);
  });

  it('is not sent again to who has it, in that coding', async () => {
    const { headers } = await ask('/long.html', { 'accept-encoding': 'br' });
    const etag = headers.etag ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await ask('/long.html', { 'accept-encoding': 'br', 'if-none-match': known });
      expect({
        status: again.status,
        length: again.bytes.length,
        etag: again.headers.etag,
        vary: again.headers.vary,
        cache: again.headers['cache-control'],
      }).toEqual({ status: 304, length: 0, etag, vary: 'Accept-Encoding', cache: 'no-cache' });
      expect(again.headers['content-length']).toBeUndefined();
    }
    expect((await ask('/long.html', { 'accept-encoding': 'gzip', 'if-none-match': etag })).status).toBe(200);
    expect((await ask('/long.html', { 'accept-encoding': 'br', 'if-none-match': '"other"' })).status).toBe(200);
  });
});

describe('a client that keeps what it gets', () => {
  it('asks again for a page, and never for a file whose name holds a hash', async () => {
    expect((await ask('/page')).headers['cache-control']).toBe('no-cache');
    expect((await ask('/_astro/script.B1x.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await ask('/_astro/script.B1y.js')).headers['cache-control']).toBe('no-cache');
  });

  it('is told by HEAD what GET would tell', async () => {
    for (const [path, accept] of [
      ['/long.html', 'br'],
      ['/page.html', 'identity'],
      ['/_astro/script.B1x.js', 'br'],
      ['/nowhere', 'gzip'],
    ] as const) {
      const [got, headed] = await Promise.all([
        ask(path, { 'accept-encoding': accept }),
        ask(path, { 'accept-encoding': accept }, 'HEAD'),
      ]);
      const { date: _got, ...ofGet } = got.headers;
      const { date: _headed, ...ofHead } = headed.headers;
      expect({ status: headed.status, length: headed.bytes.length, headers: ofHead }).toEqual({
        status: got.status,
        length: 0,
        headers: ofGet,
      });
    }
    const { headers } = await ask('/long.html');
    expect((await ask('/long.html', { 'if-none-match': headers.etag ?? '' }, 'HEAD')).status).toBe(304);
  });

  it('gets the site as it was when the server started, while another is built', async () => {
    writeFileSync(join(dist, 'page.html'), 'half of ano');
    expect((await ask('/page.html')).bytes.toString()).toBe('a page');
  });
});
