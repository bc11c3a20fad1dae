/**
 * Characters that make code look different from what it is: those that change the direction of text (as in "Trojan
 * Source"), and control characters except tab and newline. Links must not contain them.
 */
const DECEITFUL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/**
 * Invisible characters that do not change how the rest is displayed: joiners, zero-width spaces, tags, and unassigned
 * characters.
 */
const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\u00a0\u115f\u1160\u3164\uffa0]/gu;

/**
 * Returns the name (`U+202E`) of the first character in a text that links must not contain; undefined when there is
 * none.
 */
export function deceitfulCharacter(text: string): string | undefined {
  const found = DECEITFUL.exec(text);
  return found ? nameOf(found[0]) : undefined;
}

/** Returns the text with each invisible character replaced by its name: `⟨U+200B⟩`. */
export function withUnseen(text: string): string {
  return text.replace(UNSEEN, (character) => `⟨${nameOf(character)}⟩`);
}

function nameOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
