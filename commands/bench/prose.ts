const SYLLABLES = 'ra to ne li mo ka ve su di po ge ba chi lor tan ser vic qua pre con'.split(' ');
const VOCABULARY = 12_000;

/**
 * Returns a function that returns so many words, the same for the same seed. Few of the words are frequent and most are
 * rare, as in a language, so that search indexes have their natural sizes.
 */
export function proseOf(seed: number): (words: number) => string {
  const random = randomOf(seed);
  return (words) => Array.from({ length: words }, () => wordOf(Math.floor(VOCABULARY * random() ** 3))).join(' ');
}

function wordOf(number: number): string {
  const random = randomOf(number + VOCABULARY);
  const length = 2 + Math.floor(random() * 3);
  return Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('');
}

/** Returns a function that returns numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e37_79b1);
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
