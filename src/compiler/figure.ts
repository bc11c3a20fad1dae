import type { Mode, Step } from '../../shared/protocol.ts';
import { pathOf, type PageStep } from '../../shared/step.ts';
import { CAPTURES, hasCaptures, partsOf } from '../../shared/expectation/captures.ts';
import { nodesByMode, type StepNumbers } from './by-mode.ts';
import { languageNamed } from './fence-languages.ts';
import type { Recorded } from './page-recordings.ts';
import { h, type Property, type TreeNode } from './tree.ts';

const button = (action: string, label: string, properties: Record<string, Property> = {}): TreeNode =>
  h('button', { type: 'button', 'data-action': action, ...properties }, label);
/** The button shows only an arrow, so it needs a label for screen readers. */
const SCOPE = {
  'aria-label': 'What else to run',
  title: 'What else to run',
  'aria-haspopup': 'menu',
  'aria-expanded': 'false',
};

/**
 * Returns the figure that every block has: caption, buttons and code. Runnable blocks also have a place for the result
 * in `below`.
 */
function frame(
  properties: Record<string, Property>,
  caption: TreeNode[],
  buttons: TreeNode[],
  code: TreeNode[],
  ...below: TreeNode[]
): TreeNode {
  return h(
    'figure',
    { className: ['block'], ...properties },
    h('figcaption', {}, ...caption),
    h('div', { className: ['actions'], 'data-pagefind-ignore': '' }, ...buttons),
    h('div', { className: ['code'] }, ...code),
    ...below,
  );
}

/**
 * Returns a block's title: its file name, or its language. Search skips the language, because a search for it would
 * find every block.
 */
function titleOf(file: string | undefined, language: string): TreeNode {
  return file === undefined
    ? h('span', { 'data-pagefind-ignore': '' }, languageNamed(language)?.label)
    : h('code', {}, file);
}

const numberNode = (number: number, mode?: Mode): TreeNode[] => [
  h('span', { className: ['number'], 'data-pagefind-ignore': '', ...(mode && { 'data-show': mode }) }, String(number)),
];

/** What a step's figure shows, apart from the step itself. */
interface Drawing {
  code: TreeNode[];
  /** What the caption says of the step, such as that it must fail. */
  remarks?: readonly string[];
  recorded?: readonly Recorded[];
  /** Where its file can be downloaded. */
  href?: string | undefined;
}

/**
 * Returns a step's figure with its code; `attachStep` completes it. `numbers` is the step's number on the page, counted
 * from 1.
 */
export function stepFigure(step: Step, numbers: StepNumbers, drawing: Drawing): TreeNode {
  const { code, remarks = [], recorded = [], href } = drawing;
  const path = pathOf(step);
  const download =
    href === undefined
      ? []
      : [h('a', { 'data-action': 'download', href, download: path?.split('/').at(-1) ?? '' }, 'Download')];
  const remark = (text: string): TreeNode => h('span', { className: ['remark'], 'data-pagefind-ignore': '' }, text);
  return frame(
    { id: `step-block-${step.id}` },
    [...nodesByMode(numbers, numberNode), titleOf(path, step.kind), ...remarks.map(remark)],
    [
      button('copy', 'Copy'),
      button('edit', 'Edit'),
      ...download,
      h('span', { className: ['press'] }, button('run', 'Run'), button('scope', '', SCOPE)),
    ],
    code,
    h('div', { className: ['result'], 'data-result': '', hidden: true }),
    ...recorded.map(recordedOutput),
  );
}

/** Shows what a step printed when it was last verified, for readers who do not or cannot run it. */
function recordedOutput({ mode, text, engine, date }: Recorded): TreeNode {
  const source = h(
    'span',
    { className: ['source'] },
    `Recorded on ${date} on ${engine}`,
    h('span', { 'data-away': '' }),
    '.',
  );
  const summary = h('summary', {}, h('span', { className: ['name'] }, 'Recorded output'), source);
  return h(
    'details',
    { className: ['recorded'], 'data-pagefind-ignore': '', ...(mode && { 'data-show': mode }) },
    summary,
    h('pre', { tabindex: '0' }, h('code', {}, text)),
  );
}

/** Writes the whole step into its figure as JSON. The page's runner and `readPageStep` read it from there. */
export function attachStep(figure: TreeNode, pageStep: PageStep): void {
  figure.properties = { ...figure.properties, 'data-step': JSON.stringify(pageStep) };
}

/**
 * Adds a step's expected output to its figure, folded, below the place for the result. A capture is shown as a word for
 * what varies from run to run.
 */
export function addExpected(figure: TreeNode, text: string): void {
  const parts = partsOf(text).map((part) =>
    typeof part === 'string' ? part : h('var', { title: 'differs from run to run' }, CAPTURES[part.kind]!.word),
  );
  const expected = h(
    'details',
    { className: ['expected'] },
    h('summary', { 'data-pagefind-ignore': '' }, 'Expected output'),
    h('pre', { tabindex: '0' }, h('code', {}, ...parts)),
  );
  // Output without captures is recorded exactly as it is expected. The recording is shown only while runs are off, so
  // that the page does not show the same text twice.
  const recorded = hasCaptures(text) ? [] : figure.children!.filter(({ tagName }) => tagName === 'details');
  for (const { properties } of recorded) properties!['className'] = ['recorded', 'same'];
  const below = figure.children!.findIndex(({ properties }) => properties?.['data-result'] !== undefined) + 1;
  figure.children = figure.children!.toSpliced(below, 0, expected);
}

/** Shows below a step's code what its program reads. */
export function addInput(figure: TreeNode, text: string): void {
  const code = figure.children!.findIndex(({ properties }) => properties?.['data-result'] !== undefined);
  const input = h(
    'div',
    { className: ['input'], 'data-input': '' },
    h('span', { className: ['name'], 'data-pagefind-ignore': '' }, 'Input'),
    h('pre', { tabindex: '0' }, h('code', {}, text.replace(/\n$/, ''))),
  );
  figure.children = figure.children!.toSpliced(code, 0, input);
}

/** Returns the figure of code that is only shown. `text` is what its Copy button copies. */
export function codeFigure(language: string, text: string, code: TreeNode, title: string | undefined): TreeNode {
  return frame({ 'data-text': text }, [titleOf(title, language)], [button('copy', 'Copy')], [code]);
}
