/** More pages than a reader has open; the oldest are forgotten. */
const MOST_PAGES = 32;

/**
 * Whether a reader has left their sandbox. Each page that may use it says so under a name of its own, and says when it
 * is left. The order in which these messages arrive does not matter, and any other use counts as coming back.
 */
export class Presence {
  readonly #pages = new Set<string>();
  #leftMs: number | undefined;

  /** How long nobody has been there, milliseconds; undefined while somebody is, as far as is known. */
  get awayMs(): number | undefined {
    return this.#leftMs === undefined ? undefined : performance.now() - this.#leftMs;
  }

  /** Notes that a page is there. */
  come(page: string): void {
    this.#pages.delete(page);
    this.#pages.add(page);
    if (this.#pages.size > MOST_PAGES) this.#pages.delete([...this.#pages][0]!);
    this.#leftMs = undefined;
  }

  /** Notes that a page was left. */
  leave(page: string): void {
    this.#pages.delete(page);
    if (this.#pages.size === 0) this.#leftMs ??= performance.now();
  }

  /** Notes that somebody uses the sandbox. */
  use(): void {
    this.#leftMs = undefined;
  }

  /** Notes that the sandbox still does what its reader wanted; only from then on they count as away. */
  postpone(): void {
    if (this.#leftMs !== undefined) this.#leftMs = performance.now();
  }
}
