import { linesOf } from '../../../shared/expectation/lines.ts';

/** Returns the lines of a printed table that have words: its head and its rows, without rules and the count below. */
export function tableLines(text: string): string[] {
  return linesOf(text).filter((line) => !/^[-+|\s]*$/.test(line) && !/^\(\d+ rows?\)$/.test(line));
}
