import type { Report } from '../report.ts';
import { KERNEL_FILES, readyBytes, uncountedBytes, type MemoryFiles } from './uncounted-memory.ts';

const LOOK_MS = 100;
/** How long memory may take to be freed after something was killed. */
const SETTLE_MS = 500;
/** A sandbox whose sockets are charged less than this cannot be the cause. */
const SUSPECT_BYTES = 16 << 10;
const SENTENCE = 'Ended: its connections kept too much of the server’s memory with data that nobody reads.';
const REASON = 'its sockets kept memory that is charged to no container';

/** What the guard needs from a container. */
export interface Guarded {
  id: string;
  /** Returns how many bytes its TCP sockets are charged. */
  socketBytes(): Promise<number>;
  /** Kills everything that the reader runs in it, and shows that sentence. Returns whether there was anything. */
  endRuns(sentence: string): boolean;
  /** Ends the whole container, for that reason. */
  end(reason: string): void;
}

/**
 * What is ended, in this order, until enough memory is free. The worst run is only the first suspect: it may be an
 * honest program that reads slowly.
 */
const MEASURES = ['the worst run', 'all suspect runs', 'all suspect containers'] as const;

/**
 * Keeps readers from filling the machine's memory with socket buffers that are charged to no container. The kernel
 * charges a socket for the bytes in its queue, but keeps the whole 32 KiB block that a byte is part of. A program that
 * sends one byte of each block to one connection and the rest to another makes it keep 32 KiB for one charged byte
 * (measured: 2 GiB in 8 s with four sockets, 4 MiB charged). No control group or system-call filter can prevent that,
 * but it shows in the machine's memory. When uncounted memory is more than `maxBytes` above its lowest value, the
 * guard kills the run whose sockets hold most. If that does not help, it kills all runs that hold at least half as
 * much, because several may do it together, and then their containers, because the engine may hold the memory for them.
 */
export class MemoryGuard {
  readonly #containers: () => Iterable<Guarded>;
  readonly #maxBytes: number;
  readonly #files: MemoryFiles;
  readonly #report: Report;
  #minBytes = Infinity;
  /** How many measures were taken since memory was last below the limit. */
  #taken = 0;
  #settledMs = 0;
  #isLooking = false;

  constructor(
    containers: () => Iterable<Guarded>,
    maxBytes: number,
    report: Report,
    files: MemoryFiles = KERNEL_FILES,
  ) {
    this.#report = report;
    this.#containers = containers;
    this.#maxBytes = maxBytes;
    this.#files = files;
  }

  /** Starts to check the memory ten times a second. Returns a function that stops it. */
  start(): () => void {
    let hasFailed = false;
    const timer = setInterval(() => {
      this.look(performance.now()).then(
        () => (hasFailed = false),
        (cause: unknown) => {
          if (!hasFailed) this.#report({ type: 'memory-unreadable', cause });
          hasFailed = true;
        },
      );
    }, LOOK_MS).unref();
    return () => clearInterval(timer);
  }

  /**
   * Checks the memory once, and takes the next measure if necessary. Returns the ids of containers that were ended, or
   * in which runs were.
   */
  async look(nowMs: number): Promise<string[]> {
    if (this.#isLooking || nowMs < this.#settledMs) return [];
    this.#isLooking = true;
    try {
      const usedBytes = uncountedBytes(this.#files);
      this.#minBytes = Math.min(this.#minBytes, usedBytes);
      const grownBytes = usedBytes - this.#minBytes;
      if (grownBytes <= this.#maxBytes || grownBytes - readyBytes(this.#files) <= this.#maxBytes) {
        this.#taken = 0;
        return [];
      }
      const suspects = await this.#suspects();
      // Something else on this machine uses the memory, which is fine.
      if (suspects.length === 0) this.#minBytes = usedBytes;
      const ended = this.#take(suspects);
      this.#settledMs = nowMs + SETTLE_MS;
      if (ended.length > 0) this.#report({ type: 'uncounted-memory-grew', bytes: grownBytes, ended });
      return ended;
    } finally {
      this.#isLooking = false;
    }
  }

  /** Returns the containers whose sockets hold at least half as much as the largest, in descending order. */
  async #suspects(): Promise<Guarded[]> {
    const all = await Promise.all(
      [...this.#containers()].map(async (container) => ({
        container,
        bytes: await container.socketBytes().catch(() => 0),
      })),
    );
    const minBytes = Math.max(SUSPECT_BYTES, Math.max(...all.map(({ bytes }) => bytes)) / 2);
    const suspects = all.filter(({ bytes }) => bytes >= minBytes).toSorted((a, b) => b.bytes - a.bytes);
    return suspects.map(({ container }) => container);
  }

  /** Takes the next measure that affects any of the suspects. Returns the ids of the affected ones. */
  #take(suspects: Guarded[]): string[] {
    for (; suspects.length > 0; this.#taken += 1) {
      const measure = MEASURES[Math.min(this.#taken, MEASURES.length - 1)];
      const ended = measure === 'the worst run' ? suspects.slice(0, 1) : suspects;
      const affected = ended.filter((container) =>
        measure === 'all suspect containers' ? (container.end(REASON), true) : container.endRuns(SENTENCE),
      );
      if (affected.length === 0) continue;
      this.#taken += 1;
      return affected.map(({ id }) => id);
    }
    return [];
  }
}
