import type { SandboxInfo } from '../../../shared/protocol.ts';
import { claimPatiently, orAborted } from '../../api/patient-claim.ts';

/** Called once a second with the reason why a claim waits and the seconds until its next attempt. */
export type OnWait = (reason: string, seconds: number) => void;

interface Wait {
  made: Promise<SandboxInfo>;
  listeners: Set<OnWait>;
  told?: Parameters<OnWait>;
  giveUp: AbortController;
}

/**
 * One patient claim for everyone who wants the same cluster: the first caller starts it, others join it, and it is
 * given up when the last one leaves.
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

  /** The last arguments of `OnWait`; undefined when the claim does not wait. */
  get told(): Parameters<OnWait> | undefined {
    return this.#wait?.told;
  }

  /** Joins the claim. `signal` leaves it and throws the signal's reason. Throws what `claimPatiently` throws. */
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
    const notify: OnWait = (...told) => {
      wait.told = told;
      for (const listener of wait.listeners) listener(...told);
    };
    const wait: Wait = { made: claimPatiently(this.#claim, notify, giveUp.signal), listeners: new Set(), giveUp };
    return wait;
  }
}
