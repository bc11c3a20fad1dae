import type { SandboxLimits } from './sandbox-limits.ts';

/** How long a sandbox lives: until it has been unused for a while, or has reached its lifetime limit. */
export class Lifetime {
  readonly #limits: Pick<SandboxLimits, 'idleMs' | 'lifeMs'>;
  readonly #bornMs = Date.now();
  #usedMs = Date.now();

  constructor(limits: Pick<SandboxLimits, 'idleMs' | 'lifeMs'>) {
    this.#limits = limits;
  }

  /** When it ends if the sandbox stays unused, epoch milliseconds. */
  get expiresAtMs(): number {
    return Math.min(this.#usedMs + this.#limits.idleMs, this.#bornMs + this.#limits.lifeMs);
  }

  /** Notes that the sandbox was used at that time, epoch milliseconds. */
  use(nowMs = Date.now()): void {
    this.#usedMs = nowMs;
  }
}
