import type { SourcePlace } from '../../shared/step.ts';
import { nearest } from './nearest.ts';

/** One mistake of an author. */
export interface Mistake extends SourcePlace {
  /** What stands there, as a clause: "the word `rnu`". */
  found: string;
  /** What may stand there, as a clause: "`run` or `background`". */
  expected: string;
  /** The allowed word that was most likely meant. */
  meant?: string | undefined;
}

/** All mistakes of one page, so that an author sees them at once; thrown to fail the build. */
export class AuthorError extends Error {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(describe).join('\n'));
    this.name = 'AuthorError';
    this.mistakes = mistakes;
  }
}

/** A mistake as one line: its place, what was found, what was expected, what was probably meant. */
export function describe(mistake: Mistake): string {
  const hint = mistake.meant === undefined ? '' : ` Did you mean \`${mistake.meant}\`?`;
  return `${mistake.file}:${mistake.line}: found ${mistake.found}; expected ${mistake.expected}.${hint}`;
}

/** A mistake with one word that is not among the allowed ones. */
export function unknownWord(place: SourcePlace, what: string, word: string, allowed: readonly string[]): Mistake {
  return {
    ...place,
    found: `${what} \`${word}\``,
    expected:
      allowed.length === 0
        ? 'none here'
        : allowed
            .map((each) => `\`${each}\``)
            .join(', ')
            .replace(/, ([^,]*)$/, ' or $1'),
    meant: nearest(word, allowed),
  };
}
