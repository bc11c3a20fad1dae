/**
 * Opens recorded output while nothing can be run, and folds it again afterwards. Leaves alone what the reader has
 * opened or folded.
 */
export class RecordedOutput {
  readonly #all = [...document.querySelectorAll<HTMLDetailsElement>('details.recorded')];
  readonly #touched = new Set<HTMLDetailsElement>();
  #why: string | undefined;

  constructor() {
    for (const each of this.#all)
      each.querySelector('summary')!.addEventListener('click', () => this.#touched.add(each));
  }

  /** `why` says why nothing can be run now, as the end of a sentence; undefined when it can. */
  show(why: string | undefined): void {
    if (why === this.#why) return;
    this.#why = why;
    document.documentElement.classList.toggle('away', why !== undefined);
    for (const each of this.#all) {
      each.querySelector('[data-away]')!.textContent = why === undefined ? '' : `; ${why}`;
      if (!this.#touched.has(each)) each.open = why !== undefined;
    }
  }
}
