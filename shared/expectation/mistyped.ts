import { asPlainText, BRACED, CAPTURES, isCapture } from './captures.ts';

/** Other names for captures: not accepted, but recognised. */
const OTHER_NAMES: Partial<Record<string, string>> = {
  int: 'integer number num digits',
  float: 'decimal double real',
  uuid: 'guid',
  timestamp: 'datetime timestamptz',
  word: 'string str',
  any: 'anything',
};

/** A word in braces that looks like a mistyped capture. */
export interface Mistyped {
  /** As the author wrote it, braces included. */
  source: string;
  /** The capture that the author most likely meant. */
  meant: string;
  /** Its line in the expected output, counted from 0. */
  line: number;
}

/** Returns the words in braces of expected output that look like mistyped captures. Others are what is printed. */
export function mistypedIn(text: string): Mistyped[] {
  return text.split('\n').flatMap((each, line) =>
    [...each.matchAll(BRACED)].flatMap(({ 0: found, 1: slashes = '', 2: word = '' }) => {
      const meant = slashes !== '' || isCapture(word) ? undefined : captureMeant(word);
      return meant === undefined ? [] : [{ source: found, meant, line }];
    }),
  );
}

/** Returns what both remedies of a mistyped capture are, as a clause. */
export function remedyFor({ source, meant }: Mistyped): string {
  return `a capture such as \`{${meant}}\`, or \`\\${source}\` if the step prints just that`;
}

/** Returns what a step printed as a page's expected output: no word in braces is a capture or looks like one. */
export function expectedFor(printed: string): string {
  return asPlainText(printed, (word) => isCapture(word) || captureMeant(word) !== undefined);
}

/** Returns the capture that a word means, by one slip of the hand or by another name for it. */
function captureMeant(source: string): string | undefined {
  const word = source.toLowerCase();
  return Object.keys(CAPTURES).find(
    (name) => word === name || OTHER_NAMES[name]?.split(' ').includes(word) || isOneSlip(word, name),
  );
}

/** Whether one letter is missing, added or wrong, or two are swapped. */
function isOneSlip(word: string, name: string): boolean {
  let start = 0;
  while (start < word.length && word[start] === name[start]) start += 1;
  let end = 0;
  while (end < Math.min(word.length, name.length) - start && word.at(-1 - end) === name.at(-1 - end)) end += 1;
  const [left, right] = [word.slice(start, word.length - end), name.slice(start, name.length - end)];
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(''));
}
