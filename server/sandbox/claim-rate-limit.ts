const WINDOW_MS = 60_000;

/**
 * Counts the new sandboxes of each network address in the last minute: making and dropping them costs us, not the
 * reader.
 */
export class ClaimRateLimit {
  readonly #most: number;
  readonly #recent = new Map<string, number[]>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Notes a new sandbox for that address; false when it has had as many as one may have in a minute. */
  allow(address: string, nowMs = Date.now()): boolean {
    for (const [one, times] of this.#recent) if ((times.at(-1) ?? 0) <= nowMs - WINDOW_MS) this.#recent.delete(one);
    const times = (this.#recent.get(address) ?? []).filter((time) => time > nowMs - WINDOW_MS);
    if (times.length >= this.#most) return false;
    this.#recent.set(address, [...times, nowMs]);
    return true;
  }
}
