import { NO_ANSWER, runsOff, tooOld, UNREACHED, type Off } from '../sentences/readiness-sentences.ts';
import type { EngineInfo, Health } from '../../shared/protocol.ts';
import { unmetNeed } from '../engine-version.ts';
import { readHealth } from '../api/request.ts';

/** How often to ask the server, in milliseconds. Readers learn within three seconds that it is away or back. */
const AGAIN_MS = 1500;
/** How long to wait for an answer before showing recorded output, in milliseconds. */
const LATE_MS = 1500;
/** After this time without any input, in milliseconds, the page asks no more until there is some. */
const HERE_MS = 60_000;
const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown', 'scroll'];

/** Whether the page's code can run now, and on which engine. Asks the server repeatedly while the reader is active. */
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

  /**
   * `needs` is the oldest version that the page's steps run on. `onChange` gets true when the cluster is worth a look:
   * runs have become possible again, another server answers, or it has begun to drain.
   */
  constructor(needs: string | undefined, onChange: (isBack: boolean) => void) {
    this.#needs = needs;
    this.#onChange = onChange;
  }

  /**
   * Resolves when it is known whether the engine is new enough for the page; undefined when that is already known or
   * does not matter.
   */
  get pending(): Promise<void> | undefined {
    return this.#needs === undefined || this.#hasAnswer ? undefined : this.#answered.promise;
  }

  /** Whether the server has confirmed that it can run this page's code. */
  get isReady(): boolean {
    return this.#health?.ready === true && this.blocked === undefined;
  }

  get engine(): EngineInfo | undefined {
    return this.#health?.engine;
  }

  /** Why the server makes no more clusters although those that exist go on; undefined when it makes some. */
  get leaving(): string | undefined {
    return this.#health?.draining && this.#health.reason;
  }

  /** Why the server's engine is too old for the page. */
  get unmet(): Off | undefined {
    const unmet = this.engine && unmetNeed(this.#needs, this.engine);
    return unmet === undefined ? undefined : tooOld(this.#needs!, unmet);
  }

  /** Why nothing can run now. */
  get blocked(): Off | undefined {
    return this.#off ?? this.unmet;
  }

  /** Why nothing can run now, or seems to be unable to: the server's answer is late. */
  get doubt(): Off | undefined {
    return this.blocked ?? (this.#isLate ? NO_ANSWER : undefined);
  }

  /** Asks now, and repeatedly while the reader is active. */
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

  /** What the page shows of it. */
  get #state(): string {
    return JSON.stringify([this.#off, this.engine, this.leaving]);
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
    const before = this.#state;
    const { leaving } = this;
    const server = this.#health?.server;
    const wasOff = this.#off !== undefined;
    if (!health) this.#off = UNREACHED;
    else {
      this.#health = health;
      this.#off = health.ready || health.draining ? undefined : runsOff(health.reason);
    }
    const isFirst = !this.#hasAnswer;
    this.#hasAnswer = true;
    this.#answered.resolve();
    const isOther = !isFirst && (leaving !== this.leaving || server !== this.#health?.server);
    if (isFirst || wasLate || isOther || before !== this.#state)
      this.#onChange((wasOff && this.#off === undefined) || isOther);
    const isHere = !document.hidden && Date.now() - this.#seenMs < HERE_MS;
    this.#timer =
      isHere || (this.#off !== undefined && !document.hidden)
        ? setTimeout(() => void this.#ask(), AGAIN_MS)
        : undefined;
  }
}
