import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import type { Report } from '../report.ts';
import { within } from '../within.ts';
import type { Mode } from '../../shared/protocol.ts';
import type { Owner } from './owner.ts';
import type { Slots } from './slots.ts';
import { Turnover } from './turnover.ts';
import type { Warm, WarmPool } from './warm-pool.ts';
import { ALL_IN_USE, QUEUE_TOO_LONG } from '../sentences/sandbox-sentences.ts';

/** How long a request waits for its turn before its reader is told the place and has to ask again. */
const HOLD_MS = 10_000;
const ASK_AGAIN_SECONDS = 1;
/** How much longer a place is kept for a reader who has not asked again. */
const GRACE_MS = 15_000;
/** Whoever comes then is sent away, and has no place. */
const MOST_WAITING = 1000;
const COME_BACK_SECONDS = 60;

/** A slot, perhaps with a cluster that was started in advance. */
type Granted = Pick<Warm, 'slot'> & { container?: Warm['container'] };

/** What a reader gets when it is their turn. */
export interface Turn extends Granted {
  /** Since when the reader has waited, by `performance.now`, and whether they were told to. */
  sinceMs: number;
  hasQueued: boolean;
}

/** How a reader waits. */
export interface Patience {
  /** Whether to keep a place when there is no slot; default: true. */
  isPatient?: boolean | undefined;
  /** Aborts when the client is gone. The place is then kept for a moment: it may come back after a reload. */
  signal?: AbortSignal | undefined;
}

interface Place {
  /** See `placeKey`. */
  key: string;
  owner: Owner;
  mode: Mode;
  sinceMs: number;
  hasQueued: boolean;
  granted: Granted | undefined;
  /** Resolves when it is this reader's turn, and rejects when the queue is closed. */
  turn: PromiseWithResolvers<void>;
  /** Runs while no request waits at this place. */
  lapse?: NodeJS.Timeout;
}

/**
 * Readers who wait for a sandbox, in the order in which they came. A reader has one place for each mode and keeps it by
 * asking again in time. The first gets whatever becomes free, also while none of their requests is waiting.
 */
export class Queue {
  readonly #slots: Slots;
  readonly #pool: WarmPool;
  readonly #report: Report;
  readonly #places = new Map<string, Place>();
  /** How many slots will be free in a moment, because their sandboxes are being removed. */
  readonly #freeSoon: () => number;
  readonly turnover = new Turnover();
  #makingRoom = Promise.resolve();
  #isMakingRoom = false;

  constructor(slots: Slots, pool: WarmPool, freeSoon: () => number, report: Report = log) {
    this.#slots = slots;
    this.#pool = pool;
    this.#freeSoon = freeSoon;
    this.#report = report;
    slots.giveFirstTo(this);
  }

  /** How many readers wait and have no slot yet. */
  get waiting(): number {
    return this.#waitingPlaces().length;
  }

  /** All places, also of readers who have got their slot and have not asked since. */
  get places(): readonly Pick<Place, 'key' | 'owner' | 'mode'>[] {
    return [...this.#places.values()];
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  /**
   * Waits for the reader's turn: ten seconds if they have a place already, and otherwise only if a slot is about to
   * become free. Throws AppError `full` with their place in the queue, or `unavailable` when the queue is closed.
   */
  async turn(owner: Owner, mode: Mode, { isPatient = true, signal }: Patience): Promise<Turn> {
    const key = placeKey(owner, mode);
    const known = this.#places.get(key);
    const place = known ?? this.#join(key, owner, mode);
    clearTimeout(place.lapse);
    this.serve();
    if (!place.granted && !known) await within(HOLD_MS, this.#makingRoom);
    if (!place.granted && (known || this.#placeOf(place) <= this.#freeSoon()))
      await within(HOLD_MS, Promise.race([place.turn.promise, aborted(signal)]));
    if (!place.granted || signal?.aborted) {
      if (isPatient || known) throw this.#keep(place);
      this.#end(place);
      throw new AppError('full', ALL_IN_USE);
    }
    this.#places.delete(key);
    return { ...place.granted, sinceMs: place.sinceMs, hasQueued: place.hasQueued };
  }

  /** Hands what is free to the first who wait. */
  serve(): void {
    for (const place of this.#waitingPlaces()) {
      const slot = this.#pool.take(place.mode) ?? this.#slots.takeForQueue();
      if (!slot) return this.#makeRoom();
      place.granted = 'slot' in slot ? slot : { slot };
      place.turn.resolve();
    }
  }

  /** Sends everybody away; `reason` is the sentence for them. */
  close(reason: string): void {
    for (const place of this.#places.values()) {
      place.turn.reject(new AppError('unavailable', reason));
      this.#end(place);
    }
  }

  #join(key: string, owner: Owner, mode: Mode): Place {
    if (this.#places.size >= MOST_WAITING)
      throw new AppError('full', QUEUE_TOO_LONG, { limit: 'slots', retryAfterSeconds: COME_BACK_SECONDS });
    const place: Place = {
      key,
      owner,
      mode,
      sinceMs: performance.now(),
      hasQueued: false,
      granted: undefined,
      turn: Promise.withResolvers(),
    };
    // Nobody may be waiting for it when the queue is closed.
    place.turn.promise.catch(() => undefined);
    this.#places.set(key, place);
    return place;
  }

  /** Keeps a place for a while. Returns what to tell its reader. */
  #keep(place: Place): AppError {
    place.lapse = setTimeout(() => this.#end(place), ASK_AGAIN_SECONDS * 1000 + GRACE_MS).unref();
    const number = this.#placeOf(place);
    // One reader who waits is counted once, however often they ask.
    const limit = place.hasQueued ? {} : ({ limit: 'slots' } as const);
    place.hasQueued = true;
    return new AppError('full', ALL_IN_USE, {
      ...limit,
      retryAfterSeconds: ASK_AGAIN_SECONDS,
      place: number,
      waitMs: this.turnover.waitMs(number),
    });
  }

  /** Ends a place, and passes on what it had got. */
  #end({ key, granted, lapse }: Place): void {
    clearTimeout(lapse);
    this.#places.delete(key);
    if (granted?.container) this.#pool.add({ container: granted.container, slot: granted.slot });
    else granted?.slot.release();
    this.serve();
  }

  #waitingPlaces(): Place[] {
    return [...this.#places.values()].filter(({ granted }) => !granted);
  }

  /** Returns the place's number, from 1. */
  #placeOf(place: Place): number {
    return Math.max(1, this.#waitingPlaces().indexOf(place) + 1);
  }

  /** Ends a cluster that waits for readers of the other mode, so that its slot becomes free. */
  #makeRoom(): void {
    if (this.#isMakingRoom) return;
    this.#isMakingRoom = true;
    this.#makingRoom = this.#pool
      .giveUpOne()
      .catch((cause: unknown) => {
        this.#report({ type: 'not-removed', what: 'warm cluster', cause });
        return true;
      })
      .then((hasGivenUp) => {
        this.#isMakingRoom = false;
        if (hasGivenUp) this.serve();
      });
  }
}

/** Returns what identifies a place: a reader has one for each mode. */
export function placeKey({ reader }: Owner, mode: Mode): string {
  return `${reader} ${mode}`;
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((settle) => {
    if (signal?.aborted) settle();
    signal?.addEventListener('abort', () => settle(), { once: true });
  });
}
