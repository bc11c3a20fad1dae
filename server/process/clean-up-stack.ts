/** Runs clean-up functions in reverse order. */
export class CleanUpStack {
  #steps: (() => unknown)[] = [];
  #disposed: Promise<void> | undefined;

  /** Adds a function that undoes what was just done. `dispose` also calls those that are added while it runs. */
  defer(undo: () => unknown): void {
    this.#steps.push(undo);
  }

  /**
   * Calls all functions, the last one first, even when some fail, and then throws the first failure. Idempotent:
   * further calls return the same promise.
   */
  dispose(): Promise<void> {
    this.#disposed ??= this.#run();
    return this.#disposed;
  }

  async #run(): Promise<void> {
    const failures: unknown[] = [];
    for (let undo = this.#steps.pop(); undo !== undefined; undo = this.#steps.pop()) {
      try {
        await undo();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
