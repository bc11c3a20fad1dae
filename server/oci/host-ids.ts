const FIRST = 1_000_000;
const PER_CONTAINER = 16;
const PER_SERVER = 65_536;
const SERVERS = 1000;

/** Hands out ranges of 16 host uids, and gids, one range a container, so that no two live containers share any. */
export class HostIds {
  readonly #first: number;
  readonly #taken = new Set<number>();

  /** Servers with different seeds use, in all likelihood, different ids; they are a second line of defence. */
  constructor(seed: number) {
    this.#first = FIRST + (seed % SERVERS) * PER_SERVER;
  }

  /** The first id of a free range. Throws when there is none. */
  take(): number {
    for (let id = this.#first; id < this.#first + PER_SERVER; id += PER_CONTAINER) {
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
