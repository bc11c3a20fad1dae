/** How many there are of each of some things. What is down to nothing is forgotten. */
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
