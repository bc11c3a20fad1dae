import { nearest } from './nearest.ts';

/** Where in the content something stands: a path from the repository's root, and a line counted from 1. */
export interface Place {
  file: string;
  line: number;
}

/** One mistake of an author. */
export interface Problem extends Place {
  /** What stands there, as a clause: "the word `rnu`". */
  found: string;
  /** What may stand there, as a clause: "`run` or `background`". */
  expected: string;
  /** The allowed word that was most likely meant. */
  meant?: string | undefined;
}

/** All mistakes of one page, so that an author sees them at once; thrown to fail the build. */
export class AuthorError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(describe).join('\n'));
    this.name = 'AuthorError';
    this.problems = problems;
  }
}

/** One mistake as a line: place, what was found, what was expected, what was probably meant. */
export function describe(problem: Problem): string {
  const hint = problem.meant === undefined ? '' : ` Did you mean \`${problem.meant}\`?`;
  return `${problem.file}:${problem.line}: found ${problem.found}; expected ${problem.expected}.${hint}`;
}

/** A problem with one word that is not among the allowed ones. */
export function unknownWord(place: Place, what: string, word: string, allowed: readonly string[]): Problem {
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
