/** The id that kramdown gives a heading: letters, digits, blanks and hyphens only, from the first letter on. */
export function kramdownId(text: string): string {
  const id = text
    .replace(/^[^a-zA-Z]+/, '')
    .replace(/[^a-zA-Z0-9 -]/g, '')
    .replaceAll(' ', '-')
    .toLowerCase();
  return id === '' ? 'section' : id;
}

/** What a heading is called in either mode: without its "Step 3.", a number that differs by mode. */
export function headingName(text: string): string {
  return text.replace(/^Step \d+\.\s*/i, '');
}

/**
 * Counts ids of one page, so that old deep links keep working: the second heading of the same text gets `-1`, as in
 * kramdown.
 */
export class HeadingIds {
  readonly #seen = new Map<string, number>();

  /** The next id for a heading of this text. */
  take(text: string): string {
    const id = kramdownId(text);
    const count = this.#seen.get(id);
    this.#seen.set(id, (count ?? -1) + 1);
    return count === undefined ? id : `${id}-${count + 1}`;
  }
}

/**
 * Names steps after their nearest heading, without its "Step 3." (that number differs by mode), and a counter for each
 * heading and mode.
 */
export class StepIds {
  readonly #used = new Set<string>();

  /** The next id below a heading of this text. */
  take(heading: string, mode: string | null): string {
    const base = [kramdownId(headingName(heading)), mode].filter(Boolean).join('-');
    let count = 1;
    while (this.#used.has(`${base}-${count}`)) count += 1;
    this.#used.add(`${base}-${count}`);
    return `${base}-${count}`;
  }
}
