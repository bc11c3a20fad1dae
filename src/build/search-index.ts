import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { MODES } from '../../shared/modes.ts';

/** Returns the index entries of one page: a single one, or one for each mode when the page differs by mode. */
export function searchRecords(path: string, html: string): { url: string; content: string }[] {
  const url = path === '/index.html' ? '/' : path;
  if (!html.includes('<section data-show=')) return [{ url, content: html }];
  return MODES.map((mode) => {
    const hidden = MODES.filter((other) => other !== mode);
    const content = hidden.reduce(
      (text, other) =>
        text.replaceAll(`<section data-show="${other}"`, `<section data-pagefind-ignore="all" data-show="${other}"`),
      html,
    );
    return { url: `${url}?filters=${mode}`, content };
  });
}

/** Files of Pagefind's own search interface, which this site does not use. */
const UNUSED = /^pagefind-(?:(?:component-|modular-)?ui|highlight)\.(?:js|css)$/;

/**
 * Writes Pagefind's index of all pages into the built site. The URL of each entry selects the mode that it is about.
 */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const pagefind = await import('pagefind');
        const root = fileURLToPath(dir);
        const { index, errors } = await pagefind.createIndex();
        if (!index) throw new Error(`The search index could not be made: ${errors.join('; ')}`);
        const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
          (path) => path.endsWith('.html') && path !== '404.html',
        );
        const records = pages.flatMap((path) =>
          searchRecords(`/${path.split(sep).join('/')}`, readFileSync(join(root, path), 'utf8')),
        );
        for (const record of records) await index.addHTMLFile(record);
        // Not `index.writeFiles`: its promise resolves before all files are written, and closing then leaves some of
        // them empty.
        const written = await index.getFiles();
        await pagefind.close();
        if (written.errors.length > 0)
          throw new Error(`The search index could not be made: ${written.errors.join('; ')}`);
        for (const { path, content } of written.files.filter((each) => !UNUSED.test(each.path))) {
          const file = join(root, 'pagefind', path);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, content);
        }
        logger.info(`${pages.length} pages indexed for search`);
      },
    },
  };
}
