import { setTimeout as pause } from 'node:timers/promises';
import { makeCertificates, type CertificateSet } from '../cluster/certificates.ts';
import type { ClusterHost } from '../cluster/cluster-host.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';

/** How long the server must have been idle before it makes the next set. */
const IDLE_MS = 500;
/** After a set, this many times as long as it took, so that keys never take more than a quarter of a core. */
const REST = 3;
const RETRY_MS = 30_000;

/** A container in which no reader's code ever runs. */
interface Maker extends ClusterHost {
  dispose(): Promise<void>;
}

/**
 * Certificates that were made ahead, because three RSA keys take longer than the rest of a start. Each set is given
 * away once, and is lost when the server ends. Sets are made one at a time, and not while `isBusy` returns true.
 */
export class CertificateStock {
  readonly #open: () => Promise<Maker>;
  readonly #most: number;
  readonly #isBusy: () => boolean;
  readonly #report: Report;
  readonly #ready: CertificateSet[] = [];
  readonly #closing = new AbortController();
  #filling: Promise<void> | undefined;

  /** `open` creates a container with the engine's programs. */
  constructor(open: () => Promise<Maker>, most: number, isBusy: () => boolean, report: Report = log) {
    this.#open = open;
    this.#most = most;
    this.#isBusy = isBusy;
    this.#report = report;
    this.#refill();
  }

  /** How many sets are ready. */
  get size(): number {
    return this.#ready.length;
  }

  /** Removes a set and returns it, or undefined when there is none. */
  take(): CertificateSet | undefined {
    const set = this.#ready.shift();
    this.#refill();
    return set;
  }

  /** Forgets all sets and makes no more. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#filling;
    this.#ready.length = 0;
  }

  #refill(): void {
    if (this.#closing.signal.aborted || this.#ready.length >= this.#most) return;
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = undefined;
      this.#refill();
    });
  }

  /** Makes sets until there are enough, or something fails. Never throws. */
  async #fill(): Promise<void> {
    let maker: Maker | undefined;
    try {
      while (await this.#isWanted()) {
        maker ??= await this.#open();
        const startMs = performance.now();
        this.#ready.push(await makeCertificates(maker));
        await this.#rest(REST * (performance.now() - startMs));
      }
    } catch (cause) {
      if (!this.#closing.signal.aborted) this.#report({ type: 'certificates-not-made', cause });
      await this.#rest(RETRY_MS);
    } finally {
      await maker?.dispose().catch((cause: unknown) => this.#report({ type: 'not-removed', what: 'container', cause }));
    }
  }

  /** Waits until the server is idle. Returns false when no more sets are wanted. */
  async #isWanted(): Promise<boolean> {
    do {
      if (this.#ready.length >= this.#most) return false;
      await this.#rest(IDLE_MS);
      if (this.#closing.signal.aborted) return false;
    } while (this.#isBusy());
    return true;
  }

  async #rest(timeMs: number): Promise<void> {
    await pause(timeMs, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined);
  }
}
