import type { SourcePlace } from '../../shared/step.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';

/** One mistake of an author, with the file and line. */
export interface Mistake extends SourcePlace {
  /** What was found, as a clause: "the word `rnu`". */
  found: string;
  /** What was expected, as a clause: "`run` or `background`". */
  expected: string;
  /** The allowed word that the author most likely meant. */
  meant?: string | undefined;
}

/** Thrown to fail the build, with all mistakes of a page, so that an author sees them at once. */
export class AuthorError extends Error {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(describeMistake).join('\n'));
    this.name = 'AuthorError';
    this.mistakes = mistakes;
  }
}

/** Returns a mistake as one line: its place, what was found, what was expected, and what was probably meant. */
export function describeMistake(mistake: Mistake): string {
  const hint = mistake.meant === undefined ? '' : ` Did you mean \`${mistake.meant}\`?`;
  return `${mistake.file}:${mistake.line}: found ${mistake.found}; expected ${mistake.expected}.${hint}`;
}

/**
 * Returns the mistake of a word that is not among the allowed ones. `what` says what the word names ("the option"),
 * `where` in which part of the page it is ("in a `sql` fence").
 */
export function unknownWord(
  place: SourcePlace,
  what: string,
  word: string,
  allowed: readonly string[],
  where?: string,
): Mistake {
  return {
    ...place,
    found: `${what} \`${word}\`${where === undefined ? '' : ` ${where}`}`,
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
