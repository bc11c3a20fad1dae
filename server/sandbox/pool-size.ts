import { MODES } from '../../shared/modes.ts';
import type { Mode } from '../../shared/protocol.ts';

/** How many clusters wait for readers, by mode. */
export type Sizes = Readonly<Record<Mode, number>>;

/** Decides how many clusters wait for readers. */
export interface PoolSize {
  /** Notes that a reader has asked for a new cluster of that mode. */
  noteWish(mode: Mode): void;
  /** Returns the mode of the cluster that should be started next; undefined when none should be started now. */
  next(sizes: Sizes): Mode | undefined;
  /** Returns the mode of the cluster that can be spared first; undefined when there is none. */
  spare(sizes: Sizes): Mode | undefined;
  /** Whether the machine needs the memory of a waiting cluster. */
  isTight(): boolean;
}

/** Returns a size of so many clusters of each mode. */
export function fixedSize(perMode: number): PoolSize {
  return {
    noteWish: () => undefined,
    next: (sizes) => MODES.find((mode) => sizes[mode] < perMode),
    spare: (sizes) => MODES.find((mode) => sizes[mode] > 0),
    isTight: () => false,
  };
}
