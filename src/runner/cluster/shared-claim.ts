import type { SandboxInfo } from '../../../shared/protocol.ts';
import { orAborted } from '../../api/or-aborted.ts';
import { claimPatiently } from '../../api/patient-claim.ts';
import { waitWords, type WaitWords } from '../../sentences/wait-sentences.ts';

/** Called with why a claim waits whenever that has changed, and with the seconds until its next attempt. */
export type OnWait = (words: WaitWords) => void;

interface Wait {
  made: Promise<SandboxInfo>;
  listeners: Set<OnWait>;
  told?: WaitWords;
  giveUp: AbortController;
}

/**
 * One patient claim for everyone who wants the same cluster: the first caller starts it, others join it, and it is
 * given up when the last one leaves.
 */
export class SharedClaim {
  readonly #claim: (signal: AbortSignal) => Promise<SandboxInfo>;
  #wait: Wait | undefined;

  constructor(claim: (signal: AbortSignal) => Promise<SandboxInfo>) {
    this.#claim = claim;
  }

  get isUnderWay(): boolean {
    return this.#wait !== undefined;
  }

  /** Why the claim waits; undefined when it does not. */
  get told(): WaitWords | undefined {
    return this.#wait?.told;
  }

  /** Joins the claim. `signal` leaves it and throws the signal's reason. Throws what `claimPatiently` throws. */
  async join(onWait: OnWait, signal: AbortSignal): Promise<SandboxInfo> {
    signal.throwIfAborted();
    const wait = (this.#wait ??= this.#begin());
    wait.listeners.add(onWait);
    if (wait.told) onWait(wait.told);
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
    const made = claimPatiently(
      this.#claim,
      (told) => {
        wait.told = waitWords(told);
        for (const listener of wait.listeners) listener(wait.told);
      },
      giveUp.signal,
    );
    const wait: Wait = { made, listeners: new Set(), giveUp };
    return wait;
  }
}
