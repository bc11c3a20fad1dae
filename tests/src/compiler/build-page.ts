import type { Mode } from '../../../shared/protocol.ts';
import { readPageStep, type PageStep } from '../../../shared/step.ts';
import { highlight } from '../../../src/compiler/highlight.ts';
import { AuthorError, type Mistake } from '../../../src/compiler/mistake.ts';
import { buildPage, type BuiltPage } from '../../../src/compiler/page.ts';
import { parseMdx } from '../../../src/compiler/parse-mdx.ts';
import type { TreeNode } from '../../../src/compiler/tree.ts';
import { inContent } from './content-folder.ts';

const PAGE = { file: 'tutorials/page.mdx', name: 'page', colour: highlight };

/** Builds one page from its text as the site does, with these partials and samples (by their paths in the folder). */
export function buildFrom(text: string, files: Record<string, string> = {}): BuiltPage {
  return inContent(files, (content) => {
    const mistakes: Mistake[] = [];
    const children = parseMdx(text, 'content/tutorials/page.mdx', (mistake) => mistakes.push(mistake)) ?? [];
    const page = buildPage(children, { ...PAGE, content });
    mistakes.push(...page.mistakes);
    if (mistakes.length > 0) throw new AuthorError(mistakes);
    return page;
  });
}

/** A step of a recording. */
interface Recorded {
  id: string;
  fingerprint?: string;
  events: unknown[];
}

/** Returns the text of a recording of the page in a mode. */
export function recordingOf(mode: Mode, steps: Recorded[], engine: object = {}): string {
  const runs = { name: 'CockroachDB', version: 'v1', standIn: false, ...engine };
  return JSON.stringify({ tutorial: 'page', mode, engine: runs, date: '2026-11-23', steps });
}

/** Returns the step that a figure carries. */
export function carried(figure: TreeNode): PageStep {
  return readPageStep(String(figure.properties?.['data-step']));
}

/** Returns all elements with this tag or class, in page order. */
export function all(nodes: TreeNode[], selector: string): TreeNode[] {
  return nodes.flatMap((node) => {
    const classes = node.properties?.['className'];
    const matches = selector.startsWith('.')
      ? Array.isArray(classes) && classes.includes(selector.slice(1))
      : node.tagName === selector;
    return [...(matches ? [node] : []), ...all(node.children ?? [], selector)];
  });
}
