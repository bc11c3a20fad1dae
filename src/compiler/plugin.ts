import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { MODES } from '../../shared/modes.ts';
import type { PageStep } from '../../shared/step.ts';
import { wordsShown } from '../reading-time.ts';
import type { ContentsEntry } from './contents-entry.ts';
import { readFrontmatter } from './frontmatter.ts';
import { highlight } from './highlight.ts';
import { AuthorError } from './mistake.ts';
import { pageParts, type PagePart } from './page-parts.ts';
import { readPage } from './read-pages.ts';

/** Maps each partial or sample (path relative to the content folder) to the pages that use it (absolute paths). */
const usersOf = new Map<string, Set<string>>();

const STORE = 'compiled-pages';
const shared: Record<symbol, Map<string, string> | undefined> = globalThis;
/**
 * Compiled pages as text, by their files. Pages are rendered in the process that compiles them: as code, a thousand
 * pages would take the bundler a gigabyte.
 */
const texts = (shared[Symbol.for(STORE)] ??= new Map<string, string>());

/** What a page's module exports for the site, as JSON: the page's content, and what is known about it. */
export interface PageModule {
  parts: PagePart[];
  steps: PageStep[];
  contents: ContentsEntry[];
  /** The number of words of running text in the default mode. */
  words: number;
}

/** How integrations tell Astro of a format of pages, whose frontmatter it then asks for. It has no public type. */
interface EntryTypes {
  addContentEntryType: (type: {
    extensions: string[];
    getEntryInfo: (entry: { fileUrl: URL; contents: string }) => { data: object; body: string; slug: ''; rawData: '' };
  }) => void;
}

/**
 * Turns pages into modules of the site. A page with mistakes fails the build; in development it is shown as far as it
 * could be compiled, below what `developmentFaults` tells.
 */
export function pageModules(content: string): AstroIntegration {
  const fileOf = (path: string): string => relative(content, path).split(sep).join('/');
  const getEntryInfo: Parameters<EntryTypes['addContentEntryType']>[0]['getEntryInfo'] = ({ fileUrl, contents }) => {
    // The page's module reports the mistakes.
    const { frontmatter } = readFrontmatter(contents, fileOf(fileURLToPath(fileUrl)), () => undefined);
    return { data: frontmatter, body: '', slug: '', rawData: '' };
  };
  let isBuilt = true;
  const transform = {
    filter: { id: /\.mdx$/ },
    handler(text: string, id: string) {
      const page = readPage(content, fileOf(id), text, highlight);
      for (const used of page.uses) usersOf.set(used, (usersOf.get(used) ?? new Set()).add(id));
      if (isBuilt && page.mistakes.length > 0) throw new AuthorError(page.mistakes);
      const { steps, contents } = page;
      const words = wordsShown(page.children, MODES[0]);
      const module: PageModule = { parts: pageParts(page.children), steps, contents, words };
      texts.set(id, JSON.stringify(module));
      return {
        code: `export default globalThis[Symbol.for(${JSON.stringify(STORE)})].get(${JSON.stringify(id)});`,
        map: null,
      };
    },
  };
  return {
    name: 'page-modules',
    hooks: {
      'astro:config:setup': (setup) => {
        isBuilt = setup.command !== 'dev';
        (setup as typeof setup & EntryTypes).addContentEntryType({ extensions: ['.mdx'], getEntryInfo });
        setup.updateConfig({ vite: { plugins: [{ name: 'page-modules', enforce: 'pre', transform }] } });
      },
    },
  };
}

/** In development, reloads the pages that use a partial or sample when it changes. */
export function reloadUsers(content: string): AstroIntegration {
  return {
    name: 'reload-users',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.watcher.add([`${content}partials`, `${content}samples`]);
        server.watcher.on('all', (_event, path) => {
          const pages = usersOf.get(relative(content, path).split(sep).join('/'));
          if (!pages) return;
          for (const environment of Object.values(server.environments)) {
            for (const page of pages)
              for (const module of environment.moduleGraph.getModulesByFile(page) ?? [])
                environment.moduleGraph.invalidateModule(module);
          }
          server.ws.send({ type: 'full-reload' });
        });
      },
    },
  };
}
