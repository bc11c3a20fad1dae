import { MAX_NAMED_SESSIONS } from '../../../shared/limits.ts';
import { kindOf } from './block-kind.ts';
import type { PlacedBlock } from './placed-block.ts';

const PLACES = '(?:session|terminal|client|connection|window|shell|tab)';
const DIGITS: Record<string, string> = { '1': 'one', '2': 'two', '3': 'three', '4': 'four' };
const ORDINALS: Record<string, string> = {
  first: 'first',
  original: 'first',
  second: 'second',
  another: 'second',
  other: 'second',
  new: 'second',
  third: 'third',
};

/** How pages speak of sessions, the surest first: the name in the text, and the session's name for it. */
const FORMS: readonly [RegExp, (word: string) => string][] = [
  [RegExp(`\\b${PLACES} (?:for|of) (?:the )?([a-z]+ (?:\\d|[A-D]))\\b`, 'gi'), (word) => lower(word).replace(' ', '-')],
  [
    RegExp(`\\b${PLACES}(?: window)? #?([1-4A-D]|one|two|three|four)\\b`, 'gi'),
    (word) => DIGITS[word] ?? (word.length === 1 ? word.toUpperCase() : lower(word)),
  ],
  [
    RegExp(`\\b(${Object.keys(ORDINALS).join('|')})(?: (?:SQL|terminal|shell|client))* ${PLACES}\\b`, 'gi'),
    (word) => ORDINALS[lower(word)] ?? word,
  ],
];

/** Something that a text calls a session, and where it does. */
interface Mention {
  name: string;
  at: number;
}

/**
 * Finds out in which of several sessions side by side a page's statements are sent, by the sentences above them, such
 * as “In session 1” or “In the terminal for doctor 2”.
 */
export class SessionNames {
  readonly #names: readonly string[] = [];
  #mentions: (text: string) => Mention[] = () => [];
  #current: string | undefined;

  constructor(placed: readonly PlacedBlock[]) {
    const texts = placed
      .filter(({ block }) => kindOf(block.language, block.text).kind === 'sql')
      .map(({ heading, between }) => `${heading}\n${between}`);
    for (const [pattern, nameOf] of FORMS) {
      const mentions = (text: string): Mention[] =>
        [...text.matchAll(pattern)].map(({ 1: word = '', index }) => ({ name: nameOf(word), at: index }));
      const names = [...new Set(texts.flatMap((text) => mentions(text).map(({ name }) => name)))];
      if (
        names.length < 2 ||
        names.length > MAX_NAMED_SESSIONS ||
        (names.includes('second') && !names.includes('first'))
      )
        continue;
      this.#names = names.includes('second') ? ['first', ...names.filter((name) => name !== 'first')] : names;
      this.#mentions = mentions;
      break;
    }
    this.#current = this.#names[0];
  }

  /** Returns the session of a block, which is asked for in page order; undefined on pages without several of them. */
  of({ between, heading, apart }: Pick<PlacedBlock, 'between' | 'heading' | 'apart'>): string | undefined {
    const named = this.namedIn(between) ?? this.#onlyIn(heading);
    // Below a heading, a page goes on where it began, unless it says otherwise.
    this.#current = named ?? (apart ? this.#names[0] : this.#current);
    return this.#current;
  }

  /** Returns the session that a text speaks of last, those before others with which its sentences begin. */
  namedIn(text: string): string | undefined {
    const found = [...this.#mentions(text), ...this.#owners(text)].sort((a, b) => b.at - a.at);
    const begins = ({ at }: Mention): boolean =>
      /(?:^|[.!?:,]\s+|\n)\s*(?:in|from) [^.]{0,30}$/i.test(text.slice(0, at));
    return (found.find(begins) ?? found[0])?.name;
  }

  #onlyIn(heading: string): string | undefined {
    const names = new Set(this.#mentions(heading).map(({ name }) => name));
    return names.size === 1 ? [...names][0] : undefined;
  }

  /** Returns where a text has the names of those whose terminals the page speaks of, such as “doctor 2”. */
  #owners(text: string): Mention[] {
    const owners = this.#names.filter((name) => name.includes('-'));
    return owners.flatMap((name) =>
      [...text.matchAll(RegExp(`\\b${name.replace('-', ' ')}\\b`, 'gi'))].map(({ index }) => ({ name, at: index })),
    );
  }
}

/** Whether the text above or below a statement says that it has to wait for another session. */
export function saysThatItWaits(above: string, below: string): boolean {
  const waits =
    /\b(?:is|are|be|gets?|remains?) (?:\w+ )?blocked\b|\b(?:blocks|waits?|hangs?)(?= (?:until|for|because)\b)/i;
  return waits.test(below) || /\bblocked from\b/i.test(above);
}

function lower(word: string): string {
  return word.toLowerCase();
}
