import { readFileSync } from 'node:fs';

const PER_CONTAINER = 16;
/**
 * Servers on one machine have different ids, as far as there are enough: for 4096 containers each, and at least for
 * 256.
 */
const MOST_PER_SERVER = 65_536;
const LEAST_PER_SERVER = 4096;
const SERVERS = 1000;

/** Of a namespace that maps all ids: far above those that systems and their users have. */
const OF_THE_MACHINE = { isMachines: true, engine: 900_001, first: 1_000_000, count: SERVERS * MOST_PER_SERVER };
const ALL_IDS = 0xffff_ffff;
/** In other namespaces, as a container's, ids below are the system's, or those of people. */
const FIRST_FREE = 10_000;
/** `nobody`, and what is near it. */
const NOBODYS = { first: 60_000, end: 70_000 };

/** The ids that sandboxes may have, the same for uids and gids. */
export interface IdRange {
  /** Whether they are the machine's own, and not those of a namespace. */
  isMachines: boolean;
  /** Common to all sandboxes' engines. */
  engine: number;
  first: number;
  count: number;
}

interface Extent {
  first: number;
  end: number;
}

/**
 * The ids that this process may hand out, from user_namespaces(7)' maps: of the whole machine, or of the namespace that
 * it is root of. Throws an Error with one sentence when they are too few.
 */
export function idsAtHand(
  uidMap = readFileSync('/proc/self/uid_map', 'utf8'),
  gidMap = readFileSync('/proc/self/gid_map', 'utf8'),
): IdRange {
  const [uids, gids] = [extentsOf(uidMap), extentsOf(gidMap)];
  if ([uids, gids].every((extents) => extents.some(({ first, end }) => first === 0 && end >= ALL_IDS)))
    return OF_THE_MACHINE;
  const free = [
    { first: FIRST_FREE, end: NOBODYS.first },
    { first: NOBODYS.end, end: ALL_IDS },
  ];
  const common = uids.flatMap((uid) => gids.flatMap((gid) => free.map((part) => overlapOf(overlapOf(uid, gid), part))));
  const longest = common.reduce((most, extent) => (extent.end - extent.first > most.end - most.first ? extent : most), {
    first: 0,
    end: 0,
  });
  const count = longest.end - longest.first - 1;
  if (count < LEAST_PER_SERVER) {
    throw new Error(
      `Sandboxes need at least ${LEAST_PER_SERVER + 1} user and group ids of their own, and here are ` +
        `${Math.max(0, count + 1)}: map more into this user namespace, or start as root.`,
    );
  }
  return { isMachines: false, engine: longest.first, first: longest.first + 1, count };
}

function extentsOf(map: string): Extent[] {
  return map
    .trim()
    .split('\n')
    .map((line) => {
      const [first = 0, , count = 0] = line.trim().split(/\s+/).map(Number);
      return { first, end: first + count };
    });
}

function overlapOf(a: Extent, b: Extent): Extent {
  return { first: Math.max(a.first, b.first), end: Math.min(a.end, b.end) };
}

/** Hands out ranges of 16 host uids, and gids, one range a container, so that no two live containers share any. */
export class HostIds {
  readonly #first: number;
  readonly #end: number;
  readonly #taken = new Set<number>();

  /** Servers with different seeds use, in all likelihood, different ids; they are a second line of defence. */
  constructor(seed: number, { first, count }: Pick<IdRange, 'first' | 'count'>) {
    const size = Math.min(Math.max(Math.floor(count / SERVERS), LEAST_PER_SERVER), MOST_PER_SERVER);
    this.#first = first + (seed % Math.floor(count / size)) * size;
    this.#end = this.#first + size;
  }

  /** The first id of a free range. Throws when there is none. */
  take(): number {
    for (let id = this.#first; id < this.#end; id += PER_CONTAINER) {
      if (!this.#taken.has(id)) {
        this.#taken.add(id);
        return id;
      }
    }
    throw new Error('all host ids are taken');
  }

  release(id: number): void {
    this.#taken.delete(id);
  }
}
