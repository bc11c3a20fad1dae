/** Counts of things, 0 for unknown ones. A thing is removed when its count reaches 0. */
export class Counter<T> {
  readonly #counts = new Map<T, number>();

  of(thing: T): number {
    return this.#counts.get(thing) ?? 0;
  }

  add(thing: T, difference: number): void {
    const count = this.of(thing) + difference;
    if (count > 0) this.#counts.set(thing, count);
    else this.#counts.delete(thing);
  }
}
