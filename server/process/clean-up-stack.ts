/** Undoes things in the reverse order of their doing. */
export class CleanUpStack {
  #undoings: (() => unknown)[] = [];
  #disposed: Promise<void> | undefined;

  /** Adds what undoes the last thing done. What is added while `dispose` runs is undone by it too. */
  defer(undo: () => unknown): void {
    this.#undoings.push(undo);
  }

  /**
   * Undoes all, last first, each even if one before it failed, and then throws the first failure. Idempotent: a second
   * call waits for the first and shares its outcome.
   */
  dispose(): Promise<void> {
    this.#disposed ??= this.#run();
    return this.#disposed;
  }

  async #run(): Promise<void> {
    const failures: unknown[] = [];
    for (let undo = this.#undoings.pop(); undo !== undefined; undo = this.#undoings.pop()) {
      try {
        await undo();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
