import { counted } from '../sentences/counted.ts';
import { commandsIn, type Prompted } from './fence-prompts.ts';
import type { Fold } from './sample-folds.ts';
import { h, type TreeNode } from './tree.ts';

/** A line of code: plain text, and elements for what is coloured. */
export type CodeLine = (TreeNode | string)[];

/** Returns the lines of a code in that language. */
export type Colouring = (code: string, language: string) => CodeLine[];

/** Colours nothing, for whoever needs no figures to look at. */
export const plain: Colouring = (code) => code.split('\n').map((line) => (line === '' ? [] : [line]));

/**
 * Returns lines of code as a `pre`. `marks` says for each line whether a prompt is shown before it; prompts cannot be
 * selected, and screen readers skip them.
 */
export function preOf(lines: readonly CodeLine[], marks: readonly boolean[] = [], prompt = ''): TreeNode {
  const marked = lines.map((line, index) =>
    marks[index] ? [h('span', { className: ['prompt'], 'aria-hidden': 'true' }, `${prompt} `), ...line] : line,
  );
  return h(
    'pre',
    { tabindex: '0' },
    h('code', {}, ...joined(marked.flatMap((line, index) => (index > 0 ? ['\n', ...line] : line)))),
  );
}

/** Returns code with its prompts as a `pre`. The output in it is not coloured. */
export function promptedPre(colour: Colouring, shown: Prompted, language: string, prompt: string): TreeNode {
  const { text, marks, strayLines = [] } = shown;
  // Pages that show the same code share its coloured lines.
  const commands = [...colour(commandsIn(shown), language)];
  const lines = plain(text, language).map((line, index) => (strayLines.includes(index) ? line : commands.shift()!));
  return preOf(lines, marks, prompt);
}

/**
 * Returns lines of code with folds: a `pre` for each visible part, and a `details` with a `pre` for each folded one.
 */
export function foldedPres(lines: readonly CodeLine[], folds: readonly Fold[]): TreeNode[] {
  const nodes: TreeNode[] = [];
  let at = 0;
  for (const { from, to } of [...folds, { from: lines.length, to: lines.length }]) {
    if (from > at) nodes.push(preOf(lines.slice(at, from)));
    if (to > from)
      nodes.push(
        h(
          'details',
          { className: ['fold'] },
          h('summary', { 'data-pagefind-ignore': '' }, counted(to - from, 'more line')),
          preOf(lines.slice(from, to)),
        ),
      );
    at = to;
  }
  return nodes;
}

/** Merges adjacent strings. */
function joined(pieces: CodeLine): CodeLine {
  const all: CodeLine = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else all.push(piece);
  }
  return all;
}
