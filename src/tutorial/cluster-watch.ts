import { DATA_LOST } from '../sentences/cluster-sentences.ts';
import { announce } from '../ui/status.ts';
import type { PageModes } from './page-modes.ts';

/** How often to check whether the cluster has expired, in milliseconds. */
const TICK_MS = 10_000;

/**
 * Asks the server for the state of the current mode's cluster, when the mode is shown and when the cluster's time is
 * up.
 */
export class ClusterWatch {
  readonly #modes: PageModes;
  readonly #redraw: () => void;

  constructor(modes: PageModes, redraw: () => void) {
    this.#modes = modes;
    this.#redraw = redraw;
  }

  /** Starts to notice when the cluster expires. */
  start(): void {
    setInterval(() => this.#tick(), TICK_MS);
    document.addEventListener('visibilitychange', () => this.#tick());
  }

  /** Asks now, unless a run is under way, which reports the state itself. */
  look(): void {
    const { workspace, press } = this.#modes.shown;
    if (press || workspace.kept.run) return;
    void Promise.all([workspace.look(), workspace.refreshHoldings()]).then(this.#redraw, () => undefined);
  }

  #tick(): void {
    const { workspace, press } = this.#modes.shown;
    if (document.hidden) return;
    if (press || workspace.info === undefined || Date.now() < workspace.info.expiresAtMs) return this.#redraw();
    void workspace.look().then(
      () => {
        this.#redraw();
        if (workspace.lost !== undefined) announce(`${workspace.lost} ${DATA_LOST}`);
      },
      () => undefined,
    );
  }
}
