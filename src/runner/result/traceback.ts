import { LANGUAGES } from '../../../languages/all.ts';
import { button } from '../../ui/element.ts';
import { rangeOfLine, showRange } from '../step/code-range.ts';
import { pathOf } from '../../../shared/step.ts';
import { stepOfFigure } from '../step/figure-step.ts';

/** A line of a file that a line of output names. */
export interface Frame {
  /** What stands before it, the words that name it, and what stands behind. */
  before: string;
  words: string;
  after: string;
  path: string;
  line: number;
}

/** What a line of a traceback names; undefined of any other. Pure. */
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
 * A line of output, with a way to the line of a file of this page that it names; what a program prints leads nowhere
 * else.
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

/** Several, where each mode has its own. */
function figuresOf(path: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('figure.block[data-step]')].filter(
    (figure) => pathOf(stepOfFigure(figure).step) === path,
  );
}
