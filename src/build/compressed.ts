import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

/** A coding has to save at least this part of a file: less is not worth a client's work. */
const LEAST_SAVED = 0.1;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/**
 * What the server can send instead of a file with these bytes, by the suffix of its name; nothing, where a coding saves
 * too little.
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
  return new Map(made.filter(([, encoded]) => encoded.length <= bytes.length * (1 - LEAST_SAVED)));
}

/**
 * Lays a brotli and a gzip of each file of the built site beside it, where they are smaller: the server compresses
 * nothing.
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
