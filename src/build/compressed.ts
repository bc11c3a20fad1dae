import { readdirSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

/** The share of a file that a compressed copy must save: less is not worth decompressing. */
const MIN_SAVED = 0.1;
/** How many files are compressed at once; as many as Node has threads for it. */
const AT_ONCE = 4;
/** Files that are compressed already, Pagefind's among them. */
const DENSE = /\.(?:woff2|png|pf_fragment|pf_index|pf_meta|pagefind)$/;
/** Files that pages share: worth the best quality on any site. */
const SHARED = new Set(['.js', '.css', '.svg']);
/**
 * Up to this size, a site's other files get the best quality, too. It takes 20 times as long as the fair one, which
 * makes pages a tenth larger.
 */
const MAX_BEST_BYTES = 16 * 1024 * 1024;
const FAIR_QUALITY = 7;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/**
 * Compresses a file's bytes and returns the results by file name suffix (`.br`, `.gz`), without those that save too
 * little. `quality` is brotli's, the best by default.
 */
export async function encodings(
  bytes: Buffer,
  quality: number = constants.BROTLI_MAX_QUALITY,
): Promise<Map<string, Buffer>> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const made: [string, Buffer][] = [
    ['.br', await brotli(bytes, { params })],
    ['.gz', await zip(bytes, { level: constants.Z_BEST_COMPRESSION })],
  ];
  return new Map(made.filter(([, encoded]) => encoded.length <= bytes.length * (1 - MIN_SAVED)));
}

/** Returns brotli's quality for a file of a site whose files that can be compressed have `siteBytes` together. */
export function qualityFor(path: string, siteBytes: number): number {
  return SHARED.has(extname(path)) || siteBytes <= MAX_BEST_BYTES ? constants.BROTLI_MAX_QUALITY : FAIR_QUALITY;
}

/**
 * Writes brotli and gzip copies next to each file of the built site where they are smaller. The server itself never
 * compresses.
 */
export function compressed(): AstroIntegration {
  return {
    name: 'compressed',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const files = readdirSync(fileURLToPath(dir), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !DENSE.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name));
        const siteBytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
        let written = 0;
        const left = files.values();
        const work = async (): Promise<void> => {
          for (const path of left) {
            for (const [suffix, bytes] of await encodings(await readFile(path), qualityFor(path, siteBytes))) {
              await writeFile(path + suffix, bytes);
              written += 1;
            }
          }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, work));
        logger.info(`${written} compressed files for ${files.length}`);
      },
    },
  };
}
