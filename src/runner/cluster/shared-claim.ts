import type { SandboxInfo } from '../../../shared/protocol.ts';
import { claimPatiently, orAborted } from '../../api/patient-claim.ts';

/** Hears why a claim waits, and the seconds to its next attempt, once a second. */
export type OnWait = (reason: string, seconds: number) => void;

interface Wait {
  made: Promise<SandboxInfo>;
  listeners: Set<OnWait>;
  told?: Parameters<OnWait>;
  giveUp: AbortController;
}

/**
 * One patient claim for all who want the same cluster: the first begins it, others join it, and it ends when the last
 * one leaves.
 */
export class SharedClaim {
  readonly #claim: () => Promise<SandboxInfo>;
  #wait: Wait | undefined;

  constructor(claim: () => Promise<SandboxInfo>) {
    this.#claim = claim;
  }

  get isUnderWay(): boolean {
    return this.#wait !== undefined;
  }

  /** What was last heard of its wait. */
  get told(): Parameters<OnWait> | undefined {
    return this.#wait?.told;
  }

  /** Waits with the others; `signal` leaves them, and its reason is thrown. Throws what `claimPatiently` throws. */
  async join(onWait: OnWait, signal: AbortSignal): Promise<SandboxInfo> {
    signal.throwIfAborted();
    const wait = (this.#wait ??= this.#begin());
    wait.listeners.add(onWait);
    if (wait.told) onWait(...wait.told);
    try {
      return await orAborted(wait.made, signal);
    } finally {
      wait.listeners.delete(onWait);
      if (wait.listeners.size === 0) {
        wait.giveUp.abort();
        if (this.#wait === wait) this.#wait = undefined;
      }
    }
  }

  #begin(): Wait {
    const giveUp = new AbortController();
    const tell: OnWait = (...told) => {
      wait.told = told;
      for (const listener of wait.listeners) listener(...told);
    };
    const wait: Wait = { made: claimPatiently(this.#claim, tell, giveUp.signal), listeners: new Set(), giveUp };
    return wait;
  }
}
