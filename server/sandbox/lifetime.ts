import type { SandboxLimits } from './sandbox-limits.ts';

/**
 * How long a sandbox lives: until it has been unused for a while, or has reached its lifetime limit. The machine's
 * clock may be set meanwhile, so only time that has passed counts.
 */
export class Lifetime {
  readonly #limits: Pick<SandboxLimits, 'idleMs' | 'lifeMs'>;
  readonly #bornMs = performance.now();
  #usedMs = this.#bornMs;

  constructor(limits: Pick<SandboxLimits, 'idleMs' | 'lifeMs'>) {
    this.#limits = limits;
  }

  /** How long it still lives if it stays unused, milliseconds; 0 or less when it is over. */
  get leftMs(): number {
    return Math.min(this.#usedMs + this.#limits.idleMs, this.#bornMs + this.#limits.lifeMs) - performance.now();
  }

  /** Notes that the sandbox is used. */
  use(): void {
    this.#usedMs = performance.now();
  }
}
