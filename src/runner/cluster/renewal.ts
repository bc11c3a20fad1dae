import { announce } from '../../ui/status.ts';
import { troubleOf } from '../../api/trouble.ts';
import type { OnWait } from './shared-claim.ts';
import { waitAnnouncer } from './wait-announcer.ts';
import type { Workspace } from './workspace.ts';
import { RENEWAL_STOPPED, RENEWED } from '../../sentences/trouble-sentences.ts';

/** The "New cluster" button: claims a cluster in place of the lost one, and waits for it as Run does. */
export class Renewal {
  readonly #workspace: Workspace;
  readonly #redraw: () => void;
  #giveUp: AbortController | undefined;

  constructor(workspace: Workspace, redraw: () => void) {
    this.#workspace = workspace;
    this.#redraw = redraw;
  }

  get isUnderWay(): boolean {
    return this.#giveUp !== undefined;
  }

  /** Starts the claim, or stops it while it is under way. Never throws: the workspace keeps the error's sentence. */
  async press(): Promise<void> {
    if (this.#giveUp) return this.stop();
    const giveUp = (this.#giveUp = new AbortController());
    const announceWait = waitAnnouncer();
    const onWait: OnWait = (words) => {
      announceWait(words);
      this.#redraw();
    };
    this.#workspace.problem = undefined;
    this.#redraw();
    try {
      await this.#workspace.claimPatiently(onWait, giveUp.signal);
      announce(RENEWED);
    } catch (cause) {
      const trouble = giveUp.signal.aborted ? undefined : troubleOf(cause, { gaveUp: false, hasBegun: false });
      this.#workspace.problem = trouble?.sentence;
      announce(trouble?.sentence ?? RENEWAL_STOPPED);
      if (trouble?.unknown) console.error(cause);
    } finally {
      this.#giveUp = undefined;
      this.#redraw();
    }
  }

  /** Stops the claim, if it is under way. */
  stop(): void {
    this.#giveUp?.abort();
  }
}
