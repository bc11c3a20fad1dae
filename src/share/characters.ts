/**
 * Characters that make code look other than it is: those that turn the direction of text (as in "Trojan Source"), and
 * control characters but for tab and new line. A link does not carry them.
 */
const DECEITFUL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/**
 * Those that cannot be seen, and deceive nobody by their place: joiners, spaces of no width, tags, what nobody has
 * named.
 */
const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\u00a0\u115f\u1160\u3164\uffa0]/gu;

/** The first character of a text that a link must not carry, by its name: `U+202E`. Undefined where there is none. */
export function deceitfulCharacter(text: string): string | undefined {
  const found = DECEITFUL.exec(text);
  return found ? nameOf(found[0]) : undefined;
}

/** The text with a name in place of each character that cannot be seen: `⟨U+200B⟩`. */
export function withUnseen(text: string): string {
  return text.replace(UNSEEN, (character) => `⟨${nameOf(character)}⟩`);
}

function nameOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
