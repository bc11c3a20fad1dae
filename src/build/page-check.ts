import type { AstroIntegration } from 'astro';
import { describeMistake } from '../compiler/mistake.ts';
import { readPages } from '../compiler/read-pages.ts';
import { counted } from '../sentences/counted.ts';

/** Fails the build, before any page is rendered, with all mistakes of all pages. `content` is the content folder. */
export function pageCheck(content: string): AstroIntegration {
  return {
    name: 'page-check',
    hooks: {
      'astro:config:setup': ({ command }) => {
        if (command !== 'build') return;
        const { mistakes } = readPages(content);
        if (mistakes.length === 0) return;
        // Not thrown: Astro would add its own words and a stack, which say nothing to an author.
        const sum = `The site was not built: its pages have ${counted(mistakes.length, 'mistake')}.`;
        process.stderr.write(`${[...mistakes.map(describeMistake), sum].join('\n')}\n`);
        process.exit(1);
      },
    },
  };
}
