import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

/** The share of a file that a compressed copy must save: less is not worth decompressing. */
const MIN_SAVED = 0.1;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/**
 * Compresses a file's bytes and returns the results by file name suffix (`.br`, `.gz`), without those that save too
 * little.
 */
export async function encodings(bytes: Buffer): Promise<Map<string, Buffer>> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const [best, common] = await Promise.all([
    brotli(bytes, { params }),
    zip(bytes, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  const made: [string, Buffer][] = [
    ['.br', best],
    ['.gz', common],
  ];
  return new Map(made.filter(([, encoded]) => encoded.length <= bytes.length * (1 - MIN_SAVED)));
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
        const entries = readdirSync(fileURLToPath(dir), { recursive: true, withFileTypes: true }).filter((entry) =>
          entry.isFile(),
        );
        let written = 0;
        for (const entry of entries) {
          const path = join(entry.parentPath, entry.name);
          for (const [suffix, bytes] of await encodings(readFileSync(path))) {
            writeFileSync(path + suffix, bytes);
            written += 1;
          }
        }
        logger.info(`${written} compressed files for ${entries.length}`);
      },
    },
  };
}
