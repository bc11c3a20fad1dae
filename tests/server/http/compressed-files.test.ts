import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ask, dist, PAGE } from './served-site.ts';

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

  it('has no address of its own, but a file that only has such a name does', async () => {
    expect((await ask('/long.html.br')).status).toBe(404);
    expect((await ask('/long.html.gz')).status).toBe(404);
    expect((await ask('/alone.gz')).bytes.toString()).toBe('an archive');
  });

  it('has a strong validator for each encoding, and a different one after a change', async () => {
    const etags = await Promise.all(
      ['br', 'gzip', 'identity'].map(
        async (accept) => (await ask('/long.html', { 'accept-encoding': accept })).headers.etag,
      ),
    );
    for (const etag of etags) expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect(new Set(etags).size).toBe(3);
    expect((await ask('/page.html')).headers.etag).not.toBe((await ask('/')).headers.etag);
  });

  it('is not sent again to a client that has it in this encoding', async () => {
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

describe('a client with a cache', () => {
  it('revalidates pages, but never files whose name contains a hash', async () => {
    expect((await ask('/page')).headers['cache-control']).toBe('no-cache');
    expect((await ask('/_astro/script.B1x.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await ask('/_astro/script.B1y.js')).headers['cache-control']).toBe('no-cache');
  });

  it('gets the same headers from HEAD as from GET', async () => {
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

  it('gets the site as it was when the server started, even while another one is built', async () => {
    writeFileSync(join(dist, 'page.html'), 'half of ano');
    expect((await ask('/page.html')).bytes.toString()).toBe('a page');
  });
});
