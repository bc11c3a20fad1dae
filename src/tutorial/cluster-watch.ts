import { DATA_LOST } from '../sentences/cluster-sentences.ts';
import { tellStatus } from '../ui/status.ts';
import type { PageModes } from './page-modes.ts';

/** How often the cluster's time is looked at, milliseconds. */
const TICK_MS = 10_000;

/** Asks the server how the cluster of the mode that is shown is: when that mode is shown, and when its time is up. */
export class ClusterWatch {
  readonly #modes: PageModes;
  readonly #redraw: () => void;

  constructor(modes: PageModes, redraw: () => void) {
    this.#modes = modes;
    this.#redraw = redraw;
  }

  /** From now on notices when the cluster has run out of time. */
  start(): void {
    setInterval(() => this.#tick(), TICK_MS);
    document.addEventListener('visibilitychange', () => this.#tick());
  }

  /** Asks now, unless a run is under way, which tells by itself. */
  look(): void {
    const { workspace, press } = this.#modes.shown;
    if (press || workspace.kept.run) return;
    void Promise.all([workspace.look(), workspace.lookAtHoldings()]).then(this.#redraw, () => undefined);
  }

  #tick(): void {
    const { workspace, press } = this.#modes.shown;
    if (document.hidden) return;
    if (press || workspace.info === undefined || Date.now() < workspace.info.expiresAtMs) return this.#redraw();
    void workspace.look().then(
      () => {
        this.#redraw();
        if (workspace.lost !== undefined) tellStatus(`${workspace.lost} ${DATA_LOST}`);
      },
      () => undefined,
    );
  }
}
