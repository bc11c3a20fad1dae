import { notSupported } from '../../protocol/statement-error.ts';
import { closesBracket, opensBracket } from './brackets.ts';
import type { Token } from './tokens.ts';

/** More tokens would need more memory than the program has: 100 to 300 bytes each. */
const MOST_TOKENS = 200_000;
/** Some translators call themselves for what is in brackets, and PostgreSQL's parser does. */
const MOST_NESTED = 1000;

/** Checks the size of a text while its tokens are read. */
export class SizeLimits {
  #tokens = 0;
  #depth = 0;

  /** Counts a token. Throws StatementError (featureNotSupported) when there are too many, or too many open brackets. */
  count(token: Token): void {
    if (++this.#tokens > MOST_TOKENS) throw notSupported(`a text of more than ${MOST_TOKENS} words and signs`);
    if (opensBracket(token)) this.#depth++;
    else if (closesBracket(token)) this.#depth--;
    if (this.#depth > MOST_NESTED) throw notSupported(`more than ${MOST_NESTED} brackets in each other`);
  }
}
