import type { Report } from '../report.ts';
import { KERNEL_FILES, readyBytes, uncountedBytes, type MemoryFiles } from './uncounted-memory.ts';

const LOOK_MS = 100;
/** How long memory may take to come back after something was ended. */
const SETTLE_MS = 500;
/** Below it, what a sandbox's sockets hold cannot keep much else. */
const SUSPECT_BYTES = 16 << 10;
const SENTENCE = 'Ended: its connections kept too much of the server’s memory with data that nobody reads.';
const REASON = 'its sockets kept memory that is charged to nobody';

/** What the guard knows of a container. */
export interface Guarded {
  id: string;
  /** What its sockets are charged, bytes. */
  socketBytes(): Promise<number>;
  /** Ends what the reader runs in it, with that sentence. Gives whether anything was. */
  endRuns(sentence: string): boolean;
  /** Ends all of it, for that reason. */
  end(reason: string): void;
}

/**
 * What is done while there is too much, one after the other: the first may have been an honest program that is slow to
 * read.
 */
const MEASURES = ['the greatest run', 'the great runs', 'the great containers'] as const;

/**
 * Keeps readers from filling the machine with memory that is charged to nobody. The kernel charges a socket for the
 * bytes that it holds, but keeps the whole block that a byte lies in, and who sends a byte to one connection and the
 * rest of a block to another makes 32 KiB of one (measured: 2 GiB in 8 s with four sockets, 4 MiB charged). No limit of
 * control groups or system calls sees that; the machine's memory does. When more than `mostBytes` have gone uncounted
 * since it was least, the run ends whose sockets hold most; when that was not it, those that hold at least half as
 * much, for several may do it together; then their containers, for the engine may hold it for them.
 */
export class MemoryGuard {
  readonly #containers: () => Iterable<Guarded>;
  readonly #mostBytes: number;
  readonly #files: MemoryFiles;
  readonly #report: Report;
  #leastBytes = Infinity;
  /** Measures taken since there was last enough. */
  #taken = 0;
  #settledMs = 0;
  #isLooking = false;

  constructor(
    containers: () => Iterable<Guarded>,
    mostBytes: number,
    report: Report,
    files: MemoryFiles = KERNEL_FILES,
  ) {
    this.#report = report;
    this.#containers = containers;
    this.#mostBytes = mostBytes;
    this.#files = files;
  }

  /** Looks from now on, several times a second. Gives what ends that. */
  start(): () => void {
    let wasBlind = false;
    const timer = setInterval(() => {
      this.look(performance.now()).then(
        () => (wasBlind = false),
        (cause: unknown) => {
          if (!wasBlind) this.#report({ type: 'memory-unreadable', cause });
          wasBlind = true;
        },
      );
    }, LOOK_MS).unref();
    return () => clearInterval(timer);
  }

  /**
   * Looks once, and does what is to be done at that time. Gives the ids of containers that were ended, or their runs.
   */
  async look(nowMs: number): Promise<string[]> {
    if (this.#isLooking || nowMs < this.#settledMs) return [];
    this.#isLooking = true;
    try {
      const usedBytes = uncountedBytes(this.#files);
      this.#leastBytes = Math.min(this.#leastBytes, usedBytes);
      const grownBytes = usedBytes - this.#leastBytes;
      if (grownBytes <= this.#mostBytes || grownBytes - readyBytes(this.#files) <= this.#mostBytes) {
        this.#taken = 0;
        return [];
      }
      const suspects = await this.#suspects();
      // Somebody else on this machine has it, and may keep it.
      if (suspects.length === 0) this.#leastBytes = usedBytes;
      const ended = this.#take(suspects);
      this.#settledMs = nowMs + SETTLE_MS;
      if (ended.length > 0) this.#report({ type: 'uncounted-memory-grew', bytes: grownBytes, ended });
      return ended;
    } finally {
      this.#isLooking = false;
    }
  }

  /** Those whose sockets hold at least half as much as the one's that hold most, that first. */
  async #suspects(): Promise<Guarded[]> {
    const all = await Promise.all(
      [...this.#containers()].map(async (container) => ({
        container,
        bytes: await container.socketBytes().catch(() => 0),
      })),
    );
    const leastBytes = Math.max(SUSPECT_BYTES, Math.max(...all.map(({ bytes }) => bytes)) / 2);
    const great = all.filter(({ bytes }) => bytes >= leastBytes).toSorted((a, b) => b.bytes - a.bytes);
    return great.map(({ container }) => container);
  }

  /** Takes the next measure that has an effect on any of them. */
  #take(suspects: Guarded[]): string[] {
    for (; suspects.length > 0; this.#taken += 1) {
      const measure = MEASURES[Math.min(this.#taken, MEASURES.length - 1)];
      const ended = measure === 'the greatest run' ? suspects.slice(0, 1) : suspects;
      const affected = ended.filter((container) =>
        measure === 'the great containers' ? (container.end(REASON), true) : container.endRuns(SENTENCE),
      );
      if (affected.length === 0) continue;
      this.#taken += 1;
      return affected.map(({ id }) => id);
    }
    return [];
  }
}
