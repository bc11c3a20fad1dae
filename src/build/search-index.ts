import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { MODES } from '../../shared/modes.ts';
import { ALL_PAGES } from '../sidebar.ts';

/** Pages that no search should find: they only lead to others. */
const WITHOUT_TEXT = new Set(['404.html', `${ALL_PAGES}.html`]);

/**
 * Returns the part of a page that is searched, without what search ignores and would take long to parse: steps as data
 * and the colours of code. Throws an Error when the page has no such part.
 */
export function searchedPart(path: string, page: string): string {
  const main = /<main\b[^>]* data-pagefind-body[^]*<\/main>/.exec(page)?.[0];
  if (main === undefined) throw new Error(`${path} has no part that could be searched.`);
  const text = main
    .replaceAll(/ data-step="[^"]*"/g, '')
    .replaceAll(/<span class="code-[a-z]+">([^<]*)<\/span>/g, '$1');
  return `<html lang="en"><body>${text}</body></html>`;
}

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
          (path) => path.endsWith('.html') && !WITHOUT_TEXT.has(path),
        );
        // One page after the other: the program that indexes them works meanwhile, and no page stays in memory.
        let adding: Promise<unknown> = Promise.resolve();
        for (const path of pages) {
          const html = searchedPart(path, readFileSync(join(root, path), 'utf8'));
          await adding;
          const records = searchRecords(`/${path.split(sep).join('/')}`, html);
          adding = Promise.all(records.map((record) => index.addHTMLFile(record)));
        }
        await adding;
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
