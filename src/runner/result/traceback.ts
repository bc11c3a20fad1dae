import { LANGUAGES } from '../../../languages/all.ts';
import { button } from '../../ui/element.ts';
import { rangeOfLine, showRange } from '../step/code-range.ts';
import { pathOf } from '../../../shared/step.ts';
import { stepOfFigure } from '../step/figure-step.ts';

/** A place in a file that a line of output names. */
export interface Frame {
  /** The text before the name of the place, the name itself, and the text after it. */
  before: string;
  words: string;
  after: string;
  path: string;
  line: number;
}

/** Returns the place that a line of a traceback names; undefined for other lines. Pure. */
export function frameIn(text: string): Frame | undefined {
  for (const language of LANGUAGES) {
    const match = language.frame.exec(text);
    if (!match?.groups) continue;
    const { before = '', words = '', path = '', line } = match.groups;
    return { before, words, after: text.slice(match[0].length), path, line: Number(line) };
  }
  return undefined;
}

/**
 * Returns a line of output in which the name of a place in one of the page's files is a button that scrolls there.
 * Output cannot link to anything else.
 */
export function withCodeLinks(text: string): (Node | string)[] {
  const frame = frameIn(text);
  if (!frame || figuresOf(frame.path).length === 0) return [text];
  const { before, words, after, path, line } = frame;
  const show = (): void => {
    const figures = figuresOf(path);
    const figure = figures.find((each) => each.checkVisibility()) ?? figures[0];
    if (figure) showRange(figure, (code) => rangeOfLine(code, line), true);
  };
  return [before, button(words, show, { class: 'place' }), after];
}

/** Returns the figures of a file: several when each mode has its own. */
function figuresOf(path: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('figure.block[data-step]')].filter(
    (figure) => pathOf(stepOfFigure(figure).step) === path,
  );
}
