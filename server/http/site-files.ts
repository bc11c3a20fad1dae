import { getMimeType } from 'hono/utils/mime';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Encoding } from './encoding.ts';

/** The bytes of a file in one content coding, and their strong ETag. */
export interface Representation {
  bytes: Buffer<ArrayBuffer>;
  etag: string;
}

/** A file of the site in all forms in which it can be sent. */
export interface SiteFile {
  type: string;
  plain: Representation;
  /** The compressed forms from the build, the smallest first. */
  encoded: Map<Encoding, Representation>;
}

const SUFFIXES: [Encoding, string][] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

/**
 * Reads all files of the built site into memory and returns them by their paths (`/page.html`). Requests are only
 * looked up in this map, so no URL can lead outside of the site, and a new build does not affect a running server.
 * Returns an empty map when the site was not built.
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
 * Returns the hashes of the inline scripts in the site's pages, in the form that a Content-Security-Policy needs. Data
 * in script elements of another type needs no hash.
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
