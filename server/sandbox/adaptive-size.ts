import { availableParallelism } from 'node:os';
import { MODES } from '../../shared/modes.ts';
import type { EngineInfo, Mode } from '../../shared/protocol.ts';
import { readMeminfo } from '../oci/meminfo.ts';
import { freeProcessors } from './free-processors.ts';
import type { PoolSize, Sizes } from './pool-size.ts';
import type { SelfTest } from './self-test.ts';

/** The pool may hold one in so many slots; the others stay for readers who want what it does not have. */
const SHARE_OF_SLOTS = 2;
/** What the waiting clusters may use of the machine's processors while nobody uses them. */
const IDLE_SHARE = 0.05;
/** The share of memory that the pool leaves available; below the lower one, it gives clusters up. */
const KEEP_AVAILABLE = 0.25;
const GIVE_UP_BELOW = 0.1;
/** Beyond the first of each mode, a start needs about one processor that nobody uses. */
const FREE_PROCESSORS = 0.6;
/** After this time, what readers have taken counts half. */
const HALF_LIFE_MS = 10 * 60_000;

/** What an idle engine uses of a processor. Measured: CockroachDB 0.8 to 1.7 %. */
const COCKROACH_PROCESSORS = 0.017;
const STANDIN_PROCESSORS = 0.002;

/** What an adaptive size depends on. */
export interface PoolRoom {
  slots: number;
  /** What a waiting cluster uses: memory, and as a share of one processor. */
  clusterBytes: number;
  clusterProcessors: number;
  totalBytes: number;
  /** Returns how much memory is available now. */
  availableBytes: () => number;
  /** Returns how many processors nobody has used lately; undefined when that is not known yet. */
  freeProcessors: () => number | undefined;
}

/**
 * A size that follows the machine and its readers: one cluster of each mode always, and more, up to half of the slots,
 * while a processor and memory are free. Modes share the pool in proportion to what readers have asked for lately.
 */
export class AdaptiveSize implements PoolSize {
  readonly #room: PoolRoom;
  readonly #most: number;
  readonly #now: () => number;
  readonly #wishes: Record<Mode, number> = { secure: 0, insecure: 0 };
  #countedMs: number;

  constructor(room: PoolRoom, now = () => performance.now()) {
    this.#room = room;
    this.#now = now;
    this.#countedMs = now();
    const byProcessors = (availableParallelism() * IDLE_SHARE) / room.clusterProcessors;
    this.#most = Math.floor(Math.min(room.slots / SHARE_OF_SLOTS, byProcessors));
  }

  noteWish(mode: Mode): void {
    this.#decay();
    this.#wishes[mode] += 1;
  }

  next(sizes: Sizes): Mode | undefined {
    const first = MODES.find((mode) => sizes[mode] === 0);
    if (first) return this.isTight() ? undefined : first;
    const { totalBytes, clusterBytes, availableBytes, freeProcessors } = this.#room;
    if (sizes.secure + sizes.insecure >= this.#most) return undefined;
    if ((freeProcessors() ?? 0) < FREE_PROCESSORS) return undefined;
    if (availableBytes() - clusterBytes < totalBytes * KEEP_AVAILABLE) return undefined;
    return this.#byNeed(sizes, 1).at(-1);
  }

  spare(sizes: Sizes): Mode | undefined {
    return this.#byNeed(sizes, 0).find((mode) => sizes[mode] > 0);
  }

  isTight(): boolean {
    return this.#room.availableBytes() < this.#room.totalBytes * GIVE_UP_BELOW;
  }

  /**
   * Returns the modes, the least needed first: by how many readers have asked for each of the clusters that it has, or
   * would have with `more` of them. This divides the pool as d'Hondt's method divides seats.
   */
  #byNeed(sizes: Sizes, more: number): Mode[] {
    this.#decay();
    const need = (mode: Mode): number => (this.#wishes[mode] + 1) / (sizes[mode] + more);
    return MODES.toSorted((a, b) => need(a) - need(b));
  }

  #decay(): void {
    const left = 0.5 ** ((this.#now() - this.#countedMs) / HALF_LIFE_MS);
    this.#countedMs = this.#now();
    for (const mode of MODES) this.#wishes[mode] *= left;
  }
}

/** Returns an adaptive size for this machine. */
export function adaptiveSizeHere({ slots, memoryBytes }: SelfTest, { standIn }: EngineInfo): AdaptiveSize {
  return new AdaptiveSize({
    slots,
    clusterBytes: memoryBytes,
    clusterProcessors: standIn ? STANDIN_PROCESSORS : COCKROACH_PROCESSORS,
    totalBytes: readMeminfo()('MemTotal'),
    availableBytes: () => readMeminfo()('MemAvailable'),
    freeProcessors: freeProcessors(),
  });
}
