import type { ModeRunner } from '../runner/run/mode-runner.ts';
import type { Readiness } from './readiness.ts';

/** A new sign that a reader will press Run does not claim again before, milliseconds. */
const AGAIN_MS = 5000;

/** Claims a cluster as soon as a reader seems about to press Run, so that the press need not wait for it. */
export class RunIntent {
  readonly #readiness: Readiness;
  readonly #redraw: () => void;
  #claimedMs = Number.NEGATIVE_INFINITY;

  constructor(readiness: Readiness, redraw: () => void) {
    this.#readiness = readiness;
    this.#redraw = redraw;
  }

  /** A refusal is not told: the press itself will be refused, too. */
  note(runner: ModeRunner): void {
    const { workspace, press } = runner;
    const hasOrGets = press !== undefined || workspace.kept.sandbox !== undefined || workspace.patience.isUnderWay;
    void runner.equip().catch(() => undefined);
    // That a cluster was lost is read first.
    if (hasOrGets || workspace.lost !== undefined || !this.#readiness.isReady) return;
    if (performance.now() - this.#claimedMs < AGAIN_MS) return;
    this.#claimedMs = performance.now();
    void workspace.claim().then(this.#redraw, () => undefined);
  }
}
