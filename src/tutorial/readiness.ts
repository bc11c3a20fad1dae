import { AWAY_ADVICE } from '../sentences/cluster-sentences.ts';
import type { EngineInfo, Health } from '../../shared/protocol.ts';
import { unmetNeed } from '../engine-version.ts';
import { readHealth } from '../api/request.ts';

/** How often the server is asked, milliseconds: a reader hears within three seconds that it is gone, or back. */
const AGAIN_MS = 1500;
/** For the answer: from then on readers are shown what was recorded. */
const LATE_MS = 1500;
/** A reader who did nothing for so long, milliseconds, is not here; their page asks nothing until they do. */
const HERE_MS = 60_000;
const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown', 'scroll'];

/** Why nothing can run now: a sentence, and the same shorter. */
export interface Off {
  sentence: string;
  word: string;
  /** For the end of a sentence about something else. */
  clause: string;
}

/**
 * Whether the page's code can be run now, and on what: asked of the server again and again while the reader is here.
 */
export class Readiness {
  readonly #needs: string | undefined;
  readonly #onChange: (isBack: boolean) => void;
  readonly #answered = Promise.withResolvers<void>();
  #hasAnswer = false;
  #health: Health | undefined;
  /** Why the server runs nothing now. */
  #off: Off | undefined;
  #seenMs = 0;
  #isAsking = false;
  #isLate = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `needs`: the lowest version that the page's steps run on. `onChange` hears whether it is one from off to on. */
  constructor(needs: string | undefined, onChange: (isBack: boolean) => void) {
    this.#needs = needs;
    this.#onChange = onChange;
  }

  /**
   * Settles when it is known whether the engine is good enough for the page; undefined once it is known, and where any
   * will do.
   */
  get pending(): Promise<void> | undefined {
    return this.#needs === undefined || this.#hasAnswer ? undefined : this.#answered.promise;
  }

  /** The server has said that it runs code, and it runs the page's. */
  get isReady(): boolean {
    return this.#health?.ready === true && this.blocked === undefined;
  }

  get engine(): EngineInfo | undefined {
    return this.#health?.engine;
  }

  /** Why the engine that runs is not good enough for the page. */
  get unmet(): Off | undefined {
    const unmet = this.engine && unmetNeed(this.#needs, this.engine);
    return unmet === undefined
      ? undefined
      : {
          sentence: `This tutorial ${unmet}. ${AWAY_ADVICE}`,
          word: `Needs ${this.#needs}`,
          clause: 'the engine that runs here is too old for this page',
        };
  }

  /** Why nothing can run now. */
  get blocked(): Off | undefined {
    return this.#off ?? this.unmet;
  }

  /** Why nothing can run now, or seems so: the server has been asked, and is late with its answer. */
  get doubt(): Off | undefined {
    const late = {
      sentence: `The server that runs the code does not answer. ${AWAY_ADVICE}`,
      word: 'No answer',
      clause: 'the server that runs code does not answer',
    };
    return this.blocked ?? (this.#isLate ? late : undefined);
  }

  /** Asks now, and from then on while the reader is here. */
  watch(): void {
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, () => this.#noteReader(), { passive: true });
    for (const change of ['online', 'offline', 'focus']) addEventListener(change, () => void this.#ask());
    document.addEventListener('visibilitychange', () => this.#noteReader());
    this.#seenMs = Date.now();
    void this.#ask();
  }

  #noteReader(): void {
    this.#seenMs = Date.now();
    if (this.#timer === undefined && !document.hidden) void this.#ask();
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    clearTimeout(this.#timer);
    const late = setTimeout(() => {
      this.#isLate = true;
      this.#onChange(false);
    }, LATE_MS);
    const health = await readHealth().catch(() => undefined);
    clearTimeout(late);
    const wasLate = this.#isLate;
    this.#isLate = false;
    this.#isAsking = false;
    const before = JSON.stringify([this.#off, this.#health?.engine]);
    const wasOff = this.#off !== undefined;
    if (!health)
      this.#off = {
        sentence: `The server that runs the code cannot be reached. ${AWAY_ADVICE}`,
        word: 'Server away',
        clause: 'the server that runs code cannot be reached now',
      };
    else {
      this.#health = health;
      this.#off = health.ready
        ? undefined
        : {
            sentence: `Nothing can be run now: ${health.reason ?? 'the server does not say why.'}`,
            word: 'Runs are off',
            clause: 'the server runs no code now',
          };
    }
    const isFirst = !this.#hasAnswer;
    this.#hasAnswer = true;
    this.#answered.resolve();
    if (isFirst || wasLate || before !== JSON.stringify([this.#off, this.#health?.engine]))
      this.#onChange(wasOff && this.#off === undefined);
    const isHere = !document.hidden && Date.now() - this.#seenMs < HERE_MS;
    this.#timer =
      isHere || (this.#off !== undefined && !document.hidden)
        ? setTimeout(() => void this.#ask(), AGAIN_MS)
        : undefined;
  }
}
