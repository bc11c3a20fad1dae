import type { AstroIntegration } from 'astro';
import { counted } from '../sentences/counted.ts';
import { pageFaults } from './page-faults.ts';

/** Fails the build, before any page is rendered, with all mistakes of all pages. `content` is the content folder. */
export function pageCheck(content: string): AstroIntegration {
  return {
    name: 'page-check',
    hooks: {
      'astro:config:setup': ({ command }) => {
        if (command !== 'build') return;
        const { pages, recordings } = pageFaults(content);
        const lines = [...pages, ...recordings];
        if (lines.length === 0) return;
        // Not thrown: Astro would add its own words and a stack, which say nothing to an author.
        const sum = `The site was not built: its pages have ${counted(lines.length, 'mistake')}.`;
        process.stderr.write(`${[...lines, sum].join('\n')}\n`);
        process.exit(1);
      },
    },
  };
}
