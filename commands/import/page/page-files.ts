import type { Mode } from '../../../shared/protocol.ts';
import { MODES } from '../../../shared/modes.ts';
import type { Block } from '../block.ts';
import type { ImportedPage } from '../imported-page.ts';
import { mdxText } from './mdx-text.ts';
import { pageNodes, type Origin } from './page-nodes.ts';

/** The files of a page here, and what its fences come from. */
export interface PageFiles {
  mdx: string;
  /** The texts of its samples, by their paths below `content/samples/`. */
  samples: ReadonlyMap<string, string>;
  /** The origins of the page's fences and samples, by the lines where these begin. */
  origins: ReadonlyMap<number, Origin>;
}

/** Returns the files of a page as its blocks are decided now. */
export function pageFiles({ tree, placed, name, labels, frontMatter }: ImportedPage): PageFiles {
  const nodes = pageNodes(tree, placed, { driver: name, labels });
  const mdx = `${frontMatter}\n${mdxText(nodes.tree)}`;
  const lines = fenceLines(mdx);
  return {
    mdx,
    samples: samplesOf(
      placed.flatMap(({ block, mode }) => filesIn(block).map((file) => ({ ...file, mode }))),
      name,
    ),
    origins: new Map(nodes.origins.map((origin, index) => [lines[index] ?? 0, origin])),
  };
}

/** Returns the lines on which fences and samples begin, counted from 1. */
function fenceLines(mdx: string): number[] {
  const found: number[] = [];
  let open: string | undefined;
  for (const [index, line] of mdx.split('\n').entries()) {
    const marks = /^\s*(?:(?:[-*+]|\d+\.)\s+)*(`{3,}|~{3,})(?!.*`)/.exec(line)?.[1];
    if (open !== undefined) {
      if (line.trim() === open) open = undefined;
    } else if (marks !== undefined || /^\s*<Sample /.test(line)) {
      found.push(index + 1);
      open = marks;
    }
  }
  return found;
}

function filesIn({ decision, added }: Block): { path: string; text: Record<Mode, string> }[] {
  return [...added, decision].filter((each) => each.is === 'file');
}

function samplesOf(
  files: readonly { path: string; text: Record<Mode, string>; mode: Mode | null }[],
  driver: string,
): Map<string, string> {
  const samples = new Map<string, string>();
  for (const { path, text, mode } of files) {
    if (mode === null && text.secure === text.insecure) samples.set(`${driver}/shared/${path}`, text.secure);
    else for (const each of mode === null ? MODES : [mode]) samples.set(`${driver}/${each}/${path}`, text[each]);
  }
  return samples;
}
