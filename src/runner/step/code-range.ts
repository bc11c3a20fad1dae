import { codeTexts, unfold } from './code-text.ts';
import { element } from '../../ui/element.ts';
import { tellStatus } from '../../ui/status.ts';

/** A stretch of a block's text. */
export interface CodeRange {
  from: number;
  to: number;
}

/** Finds a place in the text that a block shows; undefined where there is none. */
export type FindRange = (text: string) => CodeRange | undefined;

/** What a figure's editor hears, when it has one; it prevents the event's default where it shows the place itself. */
export interface RangeRequest {
  find: FindRange;
  /** The reader goes there. */
  goes: boolean;
  /** Set by the editor: there is such a place. */
  isFound?: boolean;
}
/** The event of a figure by which its editor is asked. */
export const RANGE_EVENT = 'showplace';
/** A figure's code was drawn anew: what was marked is not. */
export const DRAWN_EVENT = 'codedrawn';

const ranges = new Map<HTMLElement, Range>();

/** The place of a line of a text, counted from 1; of one behind its end, the end. */
export function rangeOfLine(text: string, line: number): CodeRange {
  const before = text.split('\n').slice(0, line - 1);
  const at = Math.min(
    text.length,
    before.reduce((sum, each) => sum + each.length + 1, 0),
  );
  return { from: at, to: at };
}

/** Marks a place in a figure's code, or its editor, and no other; leads there if so said. False where there is none. */
export function showRange(figure: HTMLElement, find: FindRange, goes: boolean): boolean {
  unmark(figure);
  const detail: RangeRequest = { find, goes };
  if (!figure.dispatchEvent(new CustomEvent(RANGE_EVENT, { detail, cancelable: true }))) return detail.isFound === true;
  const box = figure.querySelector<HTMLElement>('.code');
  const isUnfolded = box ? unfold(box) : false;
  const texts = box ? codeTexts(box) : [];
  const text = texts.map(({ node }) => node.data).join('');
  const place = find(text);
  if (!box || !place) return false;
  const { from, to } = place;
  const line = text.slice(0, from).split('\n').length;
  const mark = element('span', { class: 'line-mark', 'aria-hidden': 'true' });
  mark.style.setProperty('--line', String(line - 1));
  box.append(mark);
  highlight(figure, texts, { from, to });
  if (!goes) return true;
  box.querySelector('pre')?.focus({ preventScroll: true });
  // What is unfolded above the window has the browser keep what is in it in its place, which ends a smooth way there.
  mark.scrollIntoView({ block: 'center', behavior: isUnfolded ? 'instant' : 'auto' });
  tellStatus(`Line ${line}: ${text.split('\n')[line - 1]?.trim() ?? ''}`);
  return true;
}

/** Marks nothing in a figure any more. */
export function unmark(figure: HTMLElement): void {
  figure.querySelector('.code .line-mark')?.remove();
  ranges.delete(figure);
  highlightRanges();
  figure.dispatchEvent(
    new CustomEvent(RANGE_EVENT, { detail: { find: () => undefined, goes: false } satisfies RangeRequest }),
  );
}

function highlight(figure: HTMLElement, texts: { node: Text; at: number }[], { from, to }: CodeRange): void {
  const nodeAt = (offset: number): { node: Text; at: number } | undefined => texts.findLast(({ at }) => at <= offset);
  const [first, last] = [nodeAt(from), nodeAt(to - 1)];
  if (!first || !last || to <= from) return;
  const range = new Range();
  range.setStart(first.node, Math.min(first.node.length, from - first.at));
  range.setEnd(last.node, Math.min(last.node.length, to - last.at));
  ranges.set(figure, range);
  highlightRanges();
}

/** Not every browser can mark a part of a line; the line itself is marked in all. */
function highlightRanges(): void {
  if ('highlights' in CSS) CSS.highlights.set('mistake', new Highlight(...ranges.values()));
}
