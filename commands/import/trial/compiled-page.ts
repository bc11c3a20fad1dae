import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PAGE_FOLDERS } from '../../../src/compiler/page-neighbours.ts';
import { CONTENT } from '../../client/content.ts';
import { readAll, type SourceTutorial } from '../../verify/tutorial.ts';
import type { Block } from '../block.ts';
import type { ImportedPage } from '../imported-page.ts';
import { pageFiles, type PageFiles } from '../page/page-files.ts';
import { blockAt, demote } from './demotion.ts';
import { endTransactions } from './end-transactions.ts';

/** A page that compiles, and its files. */
export interface CompiledPage extends PageFiles {
  /** Undefined when the page has no steps. */
  tutorial: SourceTutorial | undefined;
}

/**
 * Compiles a page as it is decided now. Blocks that do not compile are shown instead. Throws an Error when something
 * else does not compile.
 */
export function compiledPage(page: ImportedPage): CompiledPage {
  for (;;) {
    endTransactions(page.placed);
    const files = pageFiles(page);
    const tutorial = compile(page.name, files);
    // The other pages are not there while a page is compiled alone.
    const mistakes = (tutorial?.mistakes ?? []).filter((mistake) => !/: found a link to `[^#]/.test(mistake));
    if (mistakes.length === 0) return { ...files, tutorial };
    const blocks = new Set<Block>();
    for (const mistake of mistakes) {
      const block = blockAt(mistake, files);
      if (!block || block.decision.is === 'shown')
        throw new Error(`${page.source}: its conversion does not compile: ${mistake}`);
      if (!blocks.has(block)) demote(page, block, mistake.replace(/^\S+:\d+: /, ''));
      blocks.add(block);
    }
  }
}

function compile(name: string, { mdx, samples }: PageFiles): SourceTutorial | undefined {
  const content = mkdtempSync(join(tmpdir(), 'bankrun-import-'));
  try {
    for (const folder of [...PAGE_FOLDERS, 'samples', 'partials', 'recordings']) mkdirSync(join(content, folder));
    for (const [path, text] of [
      [`tutorials/${name}.mdx`, mdx],
      ...[...samples].map(([at, text]) => [`samples/${at}`, text]),
    ]) {
      mkdirSync(dirname(join(content, path!)), { recursive: true });
      writeFileSync(join(content, path!), text!);
    }
    cpSync(join(CONTENT, 'partials'), join(content, 'partials'), { recursive: true });
    return readAll(content).tutorials.find(({ slug }) => slug === name);
  } finally {
    rmSync(content, { recursive: true });
  }
}
