import type { EngineInfo, Health } from '../../server/protocol.ts';
import { unmetNeed } from '../engine-version.ts';
import { readHealth } from './api.ts';
import { AWAY_ADVICE } from './sentences.ts';

/** How often a server that is off is asked again, milliseconds. */
const AGAIN_MS = 5000;
/** For the answer: from then on readers are shown what was recorded. */
const LATE_MS = 2000;

/** Whether the page's code can be run now, and on what: asked of the server, again and again while it is off. */
export class Readiness {
  readonly #needs: string | undefined;
  readonly #onChange: () => void;
  readonly #answered = Promise.withResolvers<void>();
  #hasAnswer = false;
  #health: Health | undefined;
  /** Why the server runs nothing now. */
  #off: string | undefined;
  /** The same, as the end of a sentence. */
  #offClause: string | undefined;

  /** `needs`: the lowest version that the page's steps run on. */
  constructor(needs: string | undefined, onChange: () => void) {
    this.#needs = needs;
    this.#onChange = onChange;
  }

  /** Settles when it is known whether the engine is good enough for the page; undefined once it is known, and where any will do. */
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
  get unmet(): string | undefined {
    const unmet = this.engine && unmetNeed(this.#needs, this.engine);
    return unmet === undefined ? undefined : `This tutorial ${unmet}. ${AWAY_ADVICE}`;
  }

  /** Why nothing can run now. */
  get blocked(): string | undefined {
    return this.#off ?? this.unmet;
  }

  /** Why what was recorded is all that readers can see, as the end of a sentence. */
  get whyRecorded(): string | undefined {
    return this.#offClause ?? (this.unmet === undefined ? undefined : 'the engine that runs here is too old for this page');
  }

  /** Asks, now and until the server runs code. */
  async ask(): Promise<void> {
    const late = setTimeout(() => {
      this.#offClause ??= 'the server that runs code does not answer';
      this.#onChange();
    }, LATE_MS);
    try {
      this.#health = await readHealth();
      this.#off = this.#health.ready ? undefined : `Nothing can be run now: ${this.#health.reason ?? 'the server does not say why.'}`;
      this.#offClause = this.#health.ready ? undefined : 'the server runs no code now';
    } catch {
      this.#offClause = 'the server that runs code cannot be reached now';
      this.#off = `The server that runs the code cannot be reached. ${AWAY_ADVICE}`;
    }
    clearTimeout(late);
    this.#hasAnswer = true;
    this.#answered.resolve();
    this.#onChange();
    if (this.#off !== undefined) setTimeout(() => void this.ask(), AGAIN_MS);
  }
}
