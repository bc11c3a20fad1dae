import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Nodes, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { decideBlocks } from './blocks/decide.ts';
import { placedBlocks, type PlacedBlock } from './blocks/placed-block.ts';
import { Programs } from './blocks/programs.ts';
import { frontMatterOf } from './page/front-matter-text.ts';
import { changeLinks } from './page/links.ts';
import { FenceMarks } from './source/fence-marks.ts';
import { splitFrontMatter } from './source/front-matter.ts';
import { IncludeFiles } from './source/include-files.ts';
import { plainMarkdown } from './source/kramdown.ts';
import { renderLiquid, type LiquidInput } from './source/liquid.ts';
import { parsePage } from './source/page-tree.ts';
import { siteValues, versionOf } from './source/site-values.ts';
import { splitSessions } from './source/split-sessions.ts';

/** A page that was read and decided about. */
export interface ImportedPage {
  /** The path of the page that was read. */
  source: string;
  /** The name of its file here, without `.mdx`, which is also the folder of its samples. */
  name: string;
  title: string;
  frontMatter: string;
  tree: Root;
  placed: PlacedBlock[];
  /** The labels of its filters. */
  labels: ReadonlyMap<string, string>;
  /** What was changed or left out apart from blocks, as clauses. */
  notes: string[];
}

/** Returns the name that a page gets here. */
export function pageName(path: string): string {
  return basename(path)
    .replace(/\.(?:md|mdx|markdown)$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/**
 * Reads a page of Jekyll or plain Markdown, and decides about its blocks. `pages` are the names of all pages that are
 * here or will be, `samples` the folder with programs of other repositories. Throws an Error for a page that cannot be
 * read.
 */
export function readPage(path: string, pages: ReadonlySet<string>, samples: string | undefined): ImportedPage {
  const source = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  const { values, body, line } = splitFrontMatter(source);
  const marks = new FenceMarks();
  const files = new IncludeFiles(path, samples);
  const notes: string[] = [];
  const note = (text: string): void => void (notes.includes(text) || notes.push(text));
  const marked = marks.mark(body, path, line);
  const isJekyll = line > 1 || /\{%|\{\{\s*(?:page|site)\./.test(body);
  const rendered = isJekyll ? rendering(marked, { marks, files, variables: siteValues(path, values), note }) : marked;
  const { text, labels } = plainMarkdown(rendered);
  const tree = parsePage(text);
  const own = titleHeading(tree);
  changeLinks(tree, { version: versionOf(path), pages, note });
  splitSessions(tree, marks);
  const placed = placedBlocks(tree, marks, path);
  decideBlocks(placed, new Programs(placed, files));
  const name = pageName(path);
  const front = frontMatterOf({ ...(own === undefined ? {} : { title: own }), ...values }, name, firstWords(tree));
  notes.push(...front.notes);
  return { source: path, name, title: front.title, frontMatter: front.text, tree, placed, labels, notes };
}

/** Carries out a page's Liquid. A page that is not Liquid stays as it is, which is noted. */
function rendering(text: string, input: LiquidInput): string {
  try {
    return renderLiquid(text, input);
  } catch (cause) {
    input.note(`its Liquid is not carried out: ${cause instanceof Error ? cause.message : String(cause)}`);
    return text;
  }
}

/** Takes the title off a page that begins with it, and makes other headings of that depth one deeper. */
function titleHeading(tree: Root): string | undefined {
  const [first] = tree.children;
  const title = first?.type === 'heading' && first.depth === 1 ? toString(first) : undefined;
  if (title !== undefined) tree.children.shift();
  const deepen = (node: Nodes): void => {
    if (node.type === 'heading' && node.depth === 1) node.depth = 2;
    if ('children' in node) node.children.forEach(deepen);
  };
  deepen(tree);
  return title;
}

function firstWords(tree: Root): string {
  const first = tree.children.find(({ type }) => type === 'paragraph');
  return first ? toString(first).replace(/\s+/g, ' ').trim() : '';
}
