import { basename, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { HastNode, HastPluginDefinition } from 'satteri';
import { wordsShown } from '../reading-time.ts';
import { MODES } from '../../shared/modes.ts';
import { highlight } from './highlight.ts';
import { AuthorError } from './mistake.ts';
import { buildPage } from './page.ts';
import { copyTree } from './tree.ts';

/** Maps each partial or sample (path relative to the content folder) to the pages that use it (absolute paths). */
const usersOf = new Map<string, Set<string>>();

/**
 * Returns the Markdown plugin that turns fences, modes, samples and partials into figures. It adds the page's steps,
 * its contents and its number of words in the default mode to the frontmatter.
 */
export function fencePlugin(content: string): HastPluginDefinition {
  return {
    name: 'fence',
    options: { position: true },
    before(root, ctx) {
      const file = fileURLToPath(ctx.fileURL!);
      const { frontmatter } = ctx.data.astro!;
      const name = typeof frontmatter['name'] === 'string' ? frontmatter['name'] : basename(file, '.mdx');
      const page = buildPage(copyTree(root).children ?? [], {
        file: relative(content, file).split(sep).join('/'),
        content,
        name,
        colour: highlight,
      });
      if (page.mistakes.length > 0) throw new AuthorError(page.mistakes);
      Object.assign(frontmatter, {
        steps: page.steps,
        contents: page.contents,
        words: wordsShown(page.children, MODES[0]),
      });
      for (const used of page.uses) usersOf.set(used, (usersOf.get(used) ?? new Set()).add(file));
      ctx.replaceNode(root, { type: 'root', children: page.children } as HastNode);
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
