import { highlight } from './highlight.ts';
import type { Prompted } from './prompt.ts';
import type { Recorded } from './recording.ts';
import type { PageStep } from './step.ts';
import { h, type Property, type TreeNode } from './tree.ts';

const LABELS: Record<string, string> = { shell: 'Shell', sql: 'SQL', python: 'Python', html: 'HTML', json: 'JSON', text: 'Text' };

const button = (action: string, label: string): TreeNode => h('button', { type: 'button', 'data-action': action }, label);

/** The frame that every block has: caption, buttons, code; a runnable one also a place for its result. */
function frame(properties: Record<string, Property>, caption: TreeNode | string, buttons: TreeNode[], code: TreeNode, ...below: TreeNode[]): TreeNode {
  return h('figure', { className: ['block'], ...properties }, h('figcaption', {}, caption), h('div', { className: ['actions'], 'data-pagefind-ignore': '' }, ...buttons), h('div', { className: ['code'] }, code), ...below);
}

/** The figure of a step, with all that the page's runner needs in its attributes. */
export function stepFigure(step: PageStep, shown: Prompted, prompt: string, language: string, recorded: readonly Recorded[], href?: string): TreeNode {
  const properties = {
    id: `step-block-${step.id}`,
    'data-step': step.id,
    'data-kind': step.kind,
    'data-mode': step.mode ?? undefined,
    'data-text': step.text,
    'data-user': step.user,
    'data-database': step.database,
    'data-path': step.path,
    'data-background': step.background ? '' : undefined,
  };
  const present = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
  const download = href === undefined ? [] : [h('a', { 'data-action': 'download', href, download: step.path?.split('/').at(-1) ?? '' }, 'Download')];
  const run = step.kind === 'file' ? [] : [button('run', 'Run')];
  return frame(
    present,
    step.path === undefined ? LABELS[step.kind]! : h('code', {}, step.path),
    [button('copy', 'Copy'), ...run, button('edit', 'Edit'), ...download],
    highlight(shown.text, language, shown.marks, prompt),
    h('div', { className: ['result'], 'data-result': '', hidden: true }),
    ...recorded.map(recordedOutput),
  );
}

/** What a step printed when it was verified: for readers who do not or cannot run it. */
function recordedOutput({ mode, text, engine, date }: Recorded): TreeNode {
  const summary = `Recorded output, from ${engine}${date === undefined ? '' : `, ${date}`}`;
  return h('details', { className: ['recorded'], 'data-pagefind-ignore': '', ...(mode && { 'data-show': mode }) }, h('summary', {}, summary), h('pre', { tabindex: '0' }, h('code', {}, text)));
}

/** What a capture in expected output stands for, in words. */
export const CAPTURES: Record<string, string> = { int: 'number', float: 'number', uuid: 'UUID', timestamp: 'time', word: 'word', any: '…' };
const CAPTURE = /(\{(?:int|float|uuid|timestamp|word|any)(?::\w+)?\})/;

/** Whether expected output holds something that varies, or leaves lines out. */
export function hasCaptures(text: string): boolean {
  return CAPTURE.test(text) || /^…$/m.test(text);
}

/** The figure of the output that a step is expected to print. What varies from run to run is shown as a word for it. */
export function outputFigure(text: string, stepId: string): TreeNode {
  const parts = text.split(CAPTURE).map((part) => {
    const kind = CAPTURE.test(part) ? /\w+/.exec(part)![0] : undefined;
    return kind === undefined ? part : h('var', { title: 'differs from run to run' }, CAPTURES[kind]);
  });
  const code = h('pre', { tabindex: '0' }, h('code', {}, ...parts));
  return h('figure', { className: ['block', 'expected'], 'data-expects': stepId }, h('figcaption', {}, 'Expected output'), h('div', { className: ['code'] }, code));
}

/** The figure of code that is only shown. */
export function codeFigure(language: string, shown: Prompted, prompt: string, title: string | undefined): TreeNode {
  return frame({ 'data-text': shown.text }, title === undefined ? LABELS[language]! : h('code', {}, title), [button('copy', 'Copy')], highlight(shown.text, language, shown.marks, prompt));
}
