import { closesBracket, opensBracket } from './brackets.ts';
import { onceForTokens } from './once-for-tokens.ts';
import { isWord, type Token } from './tokens.ts';

/** Returns the index of the nearest word before a token; -1 when there is none. */
type Preceding = (tokens: readonly Token[], at: number) => number;

/**
 * Returns a function that finds the nearest of these words before a token within the same brackets: neither in brackets
 * between the two, nor outside of those around the token. For `b` of `from a, (select b), c` that is `select`, for `c`
 * it is `from`. All answers about a statement are computed at once, so that a list of thousands of items is read once.
 */
export function precedingWordHere(words: readonly string[]): Preceding {
  const nearest = nearestWords(words, false);
  return (tokens, at) => nearest(tokens)[at] ?? -1;
}

/** Like `precedingWordHere`, but also finds a word outside of the brackets around the token. */
export function precedingWordOutward(words: readonly string[]): Preceding {
  const nearest = nearestWords(words, true);
  return (tokens, at) => nearest(tokens)[at] ?? -1;
}

/** For each token, the index of the nearest word; `outward` says whether brackets let in what is before them. */
function nearestWords(words: readonly string[], outward: boolean): (tokens: readonly Token[]) => Int32Array {
  return onceForTokens((tokens) => {
    const nearest = new Int32Array(tokens.length);
    /** The nearest word before each bracket that is open. */
    const outside: number[] = [];
    let last = -1;
    for (const [i, token] of tokens.entries()) {
      if (closesBracket(token)) last = outside.pop() ?? -1;
      nearest[i] = last;
      if (isWord(token, ...words)) last = i;
      if (!opensBracket(token)) continue;
      outside.push(last);
      if (!outward) last = -1;
    }
    return nearest;
  });
}
