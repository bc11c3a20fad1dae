import { codeTexts, unfold } from './code-text.ts';
import { element } from '../../ui/element.ts';
import { announce } from '../../ui/status.ts';

/** A range of a block's text. `to` is exclusive. */
export interface CodeRange {
  from: number;
  to: number;
}

/** Finds a range in the text that a block shows; undefined when there is none. */
export type FindRange = (text: string) => CodeRange | undefined;

/** The detail of `RANGE_EVENT`. A figure's editor cancels the event when it shows the range itself. */
export interface RangeRequest {
  find: FindRange;
  /** Whether to scroll there and move the focus. */
  goes: boolean;
  /** Set by the editor when the range was found. */
  isFound?: boolean;
}
/** The event that asks a figure's editor to show a range. */
export const RANGE_EVENT = 'showplace';
/** The event of a figure whose code was redrawn and lost its marks. */
export const DRAWN_EVENT = 'codedrawn';

const ranges = new Map<HTMLElement, Range>();

/** Returns the start of a line, counted from 1, as an empty range; the end of the text when there is no such line. */
export function rangeOfLine(text: string, line: number): CodeRange {
  const before = text.split('\n').slice(0, line - 1);
  const at = Math.min(
    text.length,
    before.reduce((sum, each) => sum + each.length + 1, 0),
  );
  return { from: at, to: at };
}

/**
 * Marks a range in a figure's code or its editor, and removes other marks. Scrolls there if `goes`. Returns false when
 * the range was not found.
 */
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
  // Unfolding above the window triggers the browser's scroll anchoring, which would interrupt a smooth scroll.
  mark.scrollIntoView({ block: 'center', behavior: isUnfolded ? 'instant' : 'auto' });
  announce(`Line ${line}: ${text.split('\n')[line - 1]?.trim() ?? ''}`);
  return true;
}

/** Removes a figure's marks. */
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

/** Not every browser can highlight part of a line; the line itself is marked in all of them. */
function highlightRanges(): void {
  if ('highlights' in CSS) CSS.highlights.set('mistake', new Highlight(...ranges.values()));
}
