import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { findDeadLinks } from './links.ts';

/** Fails the build on a link to a page, a file or a heading that does not exist. */
export function linkCheck(): AstroIntegration {
  return {
    name: 'link-check',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const root = fileURLToPath(dir);
        const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
          statSync(join(root, path)).isFile(),
        );
        const address = (path: string): string => `/${path.split(sep).join('/')}`;
        const pages = new Map(
          files
            .filter((path) => path.endsWith('.html'))
            .map((path) => [address(path), readFileSync(join(root, path), 'utf8')]),
        );
        const dead = findDeadLinks(pages, new Set(files.map(address)));
        if (dead.length > 0) throw new Error(`Dead links:\n${dead.join('\n')}`);
      },
    },
  };
}
