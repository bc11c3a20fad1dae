import { getMimeType } from 'hono/utils/mime';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Encoding } from './encoding.ts';

/** The bytes of a file in one coding, and their strong validator. */
export interface Representation {
  bytes: Buffer<ArrayBuffer>;
  etag: string;
}

/** A file of the site, as it can be sent. */
export interface SiteFile {
  type: string;
  plain: Representation;
  /** What the build made of it beforehand, best first. */
  encoded: Map<Encoding, Representation>;
}

const SUFFIXES: [Encoding, string][] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

/**
 * The files of the built site by their paths (`/page.html`), read once: what is asked for is looked up and never
 * opened, so no address leads out of the site, and a build under a running server tears nothing. A site that was not
 * built has no files.
 */
export function readSiteFiles(siteDir: string): Map<string, SiteFile> {
  const all = new Map(filesBelow(siteDir).map((path) => [`/${relative(siteDir, path).split(sep).join('/')}`, path]));
  const isEncoded = (path: string): boolean =>
    SUFFIXES.some(([, suffix]) => path.endsWith(suffix) && all.has(path.slice(0, -suffix.length)));
  const plain = [...all].filter(([path]) => !isEncoded(path));
  return new Map(
    plain.map(([path, file]) => {
      const encoded = SUFFIXES.filter(([, suffix]) => all.has(path + suffix)).map(
        ([encoding, suffix]) => [encoding, read(file + suffix)] as const,
      );
      return [
        path,
        { type: getMimeType(path) ?? 'application/octet-stream', plain: read(file), encoded: new Map(encoded) },
      ];
    }),
  );
}

/**
 * The hashes of the scripts that stand in the site's pages, as a Content-Security-Policy names them: those in the head,
 * which run before the first paint. What a page only says to its scripts, in a script element of another type, needs
 * none.
 */
export function inlineScriptHashes(files: ReadonlyMap<string, SiteFile>): string[] {
  const pages = [...files].filter(([path]) => path.endsWith('.html')).map(([, { plain }]) => plain.bytes.toString());
  const scripts = new Set(
    pages.flatMap((html) => [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = '']) => script)),
  );
  return [...scripts].map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
}

function filesBelow(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
}

function read(path: string): Representation {
  const bytes = readFileSync(path);
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}
