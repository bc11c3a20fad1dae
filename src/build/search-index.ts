import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Writes Pagefind's index of all pages into the built site. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const pagefind = await import('pagefind');
        const { index, errors } = await pagefind.createIndex();
        if (!index) throw new Error(`The search index could not be made: ${errors.join('; ')}`);
        const { page_count } = await index.addDirectory({ path: fileURLToPath(dir) });
        await index.writeFiles({ outputPath: fileURLToPath(new URL('pagefind/', dir)) });
        await pagefind.close();
        logger.info(`${page_count} pages can be searched`);
      },
    },
  };
}
