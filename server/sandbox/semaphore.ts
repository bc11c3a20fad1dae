/** Limits how many tasks run at a time; the others wait in the order of their arrival. */
export class Semaphore {
  readonly #width: number;
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(width: number) {
    this.#width = width;
    this.#free = width;
  }

  /** Whether a task is running. */
  get isUsed(): boolean {
    return this.#free < this.#width;
  }

  /** Runs a task when it is its turn. Returns or throws what the task does. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((settle) => this.#waiting.push(settle));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
