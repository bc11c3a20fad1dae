import { readFileSync } from 'node:fs';

const PER_CONTAINER = 16;
/**
 * How many ids a server gets. Servers on one machine get different ids if there are enough: for 4096 containers each,
 * or at least for 256.
 */
const MAX_PER_SERVER = 65_536;
const MIN_PER_SERVER = 4096;
const SERVERS = 1000;

/** The range when all ids are mapped: far above those of systems and their users. */
const OF_THE_MACHINE = { isMachines: true, engine: 900_001, first: 1_000_000, count: SERVERS * MAX_PER_SERVER };
const ALL_IDS = 0xffff_ffff;
/** In other namespaces, such as a container's, lower ids belong to the system or to users. */
const FIRST_FREE = 10_000;
/** `nobody` (65534) and its neighbours. */
const NOBODYS = { first: 60_000, end: 70_000 };

/** The ids that sandboxes may use, both as uids and gids. */
export interface IdRange {
  /** Whether these are the machine's ids, and not those of a user namespace. */
  isMachines: boolean;
  /** The id that the engines of all sandboxes share. */
  engine: number;
  first: number;
  count: number;
}

interface Extent {
  first: number;
  end: number;
}

/**
 * Returns the ids that this process may assign to sandboxes, from the maps in /proc (user_namespaces(7)): those of the
 * machine, or of the user namespace in which it is root. Throws an Error with one sentence when there are too few.
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
  if (count < MIN_PER_SERVER) {
    throw new Error(
      `Sandboxes need at least ${MIN_PER_SERVER + 1} user and group ids of their own, and this user namespace has ` +
        `${Math.max(0, count + 1)}: map more into it, or start as root.`,
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

/** Assigns a range of 16 host uids and gids to each container, so that no two live containers share any. */
export class HostIds {
  readonly #first: number;
  readonly #end: number;
  readonly #taken = new Set<number>();

  /** Servers with different seeds most likely use different ids, which is a second line of defence. */
  constructor(seed: number, { first, count }: Pick<IdRange, 'first' | 'count'>) {
    const size = Math.min(Math.max(Math.floor(count / SERVERS), MIN_PER_SERVER), MAX_PER_SERVER);
    this.#first = first + (seed % Math.floor(count / size)) * size;
    this.#end = this.#first + size;
  }

  /** Takes a free range and returns its first id. Throws an Error when there is none. */
  take(): number {
    for (let id = this.#first; id < this.#end; id += PER_CONTAINER) {
      if (!this.#taken.has(id)) {
        this.#taken.add(id);
        return id;
      }
    }
    throw new Error('all host ids are taken');
  }

  /** Frees the range that begins with that id. */
  release(id: number): void {
    this.#taken.delete(id);
  }
}
