/**
 * Returns the id that kramdown would generate for a heading: letters, digits, blanks and hyphens only, from the first
 * letter on.
 */
export function kramdownId(text: string): string {
  const id = text
    .replace(/^[^a-zA-Z]+/, '')
    .replace(/[^a-zA-Z0-9 -]/g, '')
    .replaceAll(' ', '-')
    .toLowerCase();
  return id === '' ? 'section' : id;
}

/** Returns a heading's text without its "Step 3.", because that number differs by mode. */
export function headingName(text: string): string {
  return text.replace(/^Step \d+\.\s*/i, '');
}

/**
 * Generates the heading ids of one page as kramdown does, so that old deep links keep working: the second heading with
 * the same text gets `-1`.
 */
export class HeadingIds {
  readonly #seen = new Map<string, number>();

  /** Returns the id of the next heading with this text. */
  take(text: string): string {
    const id = kramdownId(text);
    const count = this.#seen.get(id);
    this.#seen.set(id, (count ?? -1) + 1);
    return count === undefined ? id : `${id}-${count + 1}`;
  }
}

/**
 * Generates step ids from the nearest heading (without its "Step 3.", a number that differs by mode), the mode, and a
 * counter.
 */
export class StepIds {
  readonly #used = new Set<string>();

  /** Returns the id of the next step below a heading with this text. */
  take(heading: string, mode: string | null): string {
    const base = [kramdownId(headingName(heading)), mode].filter(Boolean).join('-');
    let count = 1;
    while (this.#used.has(`${base}-${count}`)) count += 1;
    this.#used.add(`${base}-${count}`);
    return `${base}-${count}`;
  }
}
