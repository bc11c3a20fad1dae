import { Hono } from 'hono';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import { apiApp } from '../../../server/http/app.ts';
import { inlineScriptHashes, readSiteFiles } from '../../../server/http/site-files.ts';
import { staticSite } from '../../../server/http/static-site.ts';
import { Service } from '../../../server/sandbox/service.ts';
import { listen } from './listening.ts';

const folder = mkdtempSync(join(tmpdir(), 'bankrun-site-'));
/** The folder of a built site. */
export const dist = join(folder, 'dist');
mkdirSync(dist);
writeFileSync(join(folder, 'outside.html'), 'not of the site');
writeFileSync(join(dist, 'subindex.html'), 'another page');
/** A page that the build compressed. */
export const PAGE = `<!doctype html>${'a long page '.repeat(200)}`;
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

/** Combined as in main.ts: what one part does not answer, the other must. */
export const app = new Hono();
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
/** Requests a path of the site without a network. */
export const get = async (path: string): Promise<{ status: number; text: string; headers: Headers }> => {
  const answer = await app.request(`http://localhost${path}`, { headers: { host: 'localhost' } });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};

/** Requests a path of a server with these raw headers, and returns the body's bytes as they arrive. */
export async function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer }> {
  const { url } = await listen(app);
  // The path is separate: in a URL it would lose its dots here, and never reach the server with them.
  const asked = request(url, { path, method, headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(await answer.toArray()) };
}
