import type { ModeRunner } from '../runner/run/mode-runner.ts';
import type { Readiness } from './readiness.ts';

/** The least time between two claims, in milliseconds. */
const AGAIN_MS = 5000;

/** Claims a cluster as soon as the reader seems about to press Run, so that the press need not wait for it. */
export class RunIntent {
  readonly #readiness: Readiness;
  readonly #redraw: () => void;
  #claimedMs = Number.NEGATIVE_INFINITY;

  constructor(readiness: Readiness, redraw: () => void) {
    this.#readiness = readiness;
    this.#redraw = redraw;
  }

  /** Notes a sign of intent. A refused claim is not shown, because the press will show its own. */
  note(runner: ModeRunner): void {
    const { workspace, press } = runner;
    const hasOrGets = press !== undefined || workspace.kept.sandbox !== undefined || workspace.patience.isUnderWay;
    void runner.equip().catch(() => undefined);
    // Readers should first see that their cluster was lost.
    if (hasOrGets || workspace.lost !== undefined || !this.#readiness.isReady) return;
    if (performance.now() - this.#claimedMs < AGAIN_MS) return;
    this.#claimedMs = performance.now();
    void workspace.claim().then(this.#redraw, () => undefined);
  }
}
