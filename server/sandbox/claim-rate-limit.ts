const WINDOW_MS = 60_000;

/**
 * Limits how many new sandboxes a network address may get per minute, because creating them costs the server far more
 * than the reader.
 */
export class ClaimRateLimit {
  readonly #most: number;
  readonly #recent = new Map<string, number[]>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a new sandbox for that address. Returns false, and counts nothing, when the address is at its limit. */
  allow(address: string, nowMs = performance.now()): boolean {
    for (const [one, times] of this.#recent) if ((times.at(-1) ?? 0) <= nowMs - WINDOW_MS) this.#recent.delete(one);
    const times = (this.#recent.get(address) ?? []).filter((time) => time > nowMs - WINDOW_MS);
    if (times.length >= this.#most) return false;
    this.#recent.set(address, [...times, nowMs]);
    return true;
  }
}
