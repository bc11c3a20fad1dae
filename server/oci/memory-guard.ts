import { KERNEL_FILES, readyBytes, uncountedBytes, type MemoryFiles } from './uncounted-memory.ts';

const LOOK_MS = 100;
/** Below it, what a sandbox's sockets hold cannot keep much else. */
const SUSPECT_BYTES = 16 << 10;
const SENTENCE = 'Ended: its connections kept too much of the server’s memory with data that nobody reads.';

/** What the guard knows of a container. */
export interface Guarded {
  id: string;
  /** What its sockets are charged, bytes. */
  socketBytes(): Promise<number>;
  /** Ends what the reader runs in it, with that sentence. Gives whether anything was. */
  endRuns(sentence: string): boolean;
}

/**
 * Keeps readers from filling the machine with memory that is charged to nobody. The kernel charges a socket for the bytes that it holds,
 * but keeps the whole block that a byte lies in, and who sends a byte to one connection and the rest of a block to another makes 32 KiB
 * of one (measured: 2 GiB in 8 s with four sockets, 4 MiB charged). No limit of control groups or system calls sees that; the machine's
 * memory does. When more than `mostBytes` have gone uncounted since it was least, the runs end whose sockets hold most.
 */
export class MemoryGuard {
  readonly #containers: () => Iterable<Guarded>;
  readonly #mostBytes: number;
  readonly #files: MemoryFiles;
  #leastBytes = Infinity;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(containers: () => Iterable<Guarded>, mostBytes: number, files: MemoryFiles = KERNEL_FILES) {
    this.#containers = containers;
    this.#mostBytes = mostBytes;
    this.#files = files;
  }

  /** Looks from now on, several times a second. Gives what ends that. */
  start(): () => void {
    this.#timer = setInterval(() => void this.look(), LOOK_MS).unref();
    return () => clearInterval(this.#timer);
  }

  /** Looks once, and does what is to be done. Gives the ids of containers whose runs were ended. */
  async look(): Promise<string[]> {
    if (this.#isLooking) return [];
    this.#isLooking = true;
    try {
      const nowBytes = uncountedBytes(this.#files);
      this.#leastBytes = Math.min(this.#leastBytes, nowBytes);
      if (nowBytes - this.#leastBytes <= this.#mostBytes || nowBytes - this.#leastBytes - readyBytes(this.#files) <= this.#mostBytes) return [];
      const ended = await this.#endGreatest();
      // Somebody else on this machine has it, and may keep it.
      if (ended.length === 0) this.#leastBytes = nowBytes;
      else console.error(`memory that is charged to nobody has grown by ${Math.round((nowBytes - this.#leastBytes) / (1 << 20))} MiB: ended the runs in ${ended.join(', ')}`);
      return ended;
    } finally {
      this.#isLooking = false;
    }
  }

  /** Ends the runs of those that hold at least half as much as the one that holds most: several may do it together. */
  async #endGreatest(): Promise<string[]> {
    const all = await Promise.all([...this.#containers()].map(async (container) => ({ container, bytes: await container.socketBytes().catch(() => 0) })));
    const suspects = all.filter(({ bytes }) => bytes >= SUSPECT_BYTES).toSorted((a, b) => b.bytes - a.bytes);
    const ended: string[] = [];
    let leastBytes = SUSPECT_BYTES;
    for (const { container, bytes } of suspects) {
      if (bytes < leastBytes || !container.endRuns(SENTENCE)) continue;
      leastBytes = Math.max(leastBytes, bytes / 2);
      ended.push(container.id);
    }
    return ended;
  }
}
