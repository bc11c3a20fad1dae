import type { ModeRunner, RunParts } from '../runner/run/mode-runner.ts';
import type { Press } from '../runner/run/press.ts';
import type { Block } from '../runner/step/block.ts';
import type { Scope } from '../runner/step/plan.ts';
import { BUSY_SENTENCE, NOT_LOADED_SENTENCE } from '../sentences/cluster-sentences.ts';
import { openDetails } from '../ui/open-details.ts';
import { announce } from '../ui/status.ts';
import type { PageModes } from './page-modes.ts';
import type { PassingNotice } from './passing-notice.ts';
import type { Pin } from '../ui/pin.ts';
import type { Readiness } from './readiness.ts';

/** What to run. */
interface RunOptions {
  scope?: Scope;
  /** Whether to run it in a new cluster. */
  fresh?: boolean;
}

/** A press to be made. */
interface PressToMake {
  scope: Scope;
  work: (press: Press, parts: RunParts) => Promise<void>;
  /** Tries again after its modules could not be loaded. */
  again: () => void;
}

/** What presses need from the page. */
interface PressesPage {
  blocks: ReadonlyMap<string, Block>;
  modes: PageModes;
  readiness: Readiness;
  notice: PassingNotice;
  redraw: () => void;
  /** Whether the page's steps need a cluster that nothing else has used. */
  startsFresh: boolean;
}

/** Makes presses of Run, at most one at a time in each mode, and keeps the pressed block in view. */
export class Presses {
  readonly #page: PressesPage;
  #pin: Pin | undefined;

  constructor(page: PressesPage) {
    this.#page = page;
  }

  /**
   * Runs a block in a mode. Returns a promise for the end of the run; undefined when nothing was run because something
   * else is running or nothing can run. The reader is told why; the running block is stopped only with its own button.
   */
  run(runner: ModeRunner, id: string, { scope = 'needed', fresh = false }: RunOptions = {}): Promise<void> | undefined {
    const { blocks, readiness, notice } = this.#page;
    const target = runner.targetOf(id);
    if (target === undefined) return undefined;
    const again = (): Promise<void> | undefined => this.run(runner, id, { scope, fresh });
    if (readiness.pending) return readiness.pending.then(again);
    const refusal = runner.press ? BUSY_SENTENCE : readiness.unmet?.sentence;
    if (refusal === undefined) {
      return this.hold(runner, target, {
        scope,
        again: () => void again(),
        work: (press, parts) => {
          this.#keepInSight(id, target, parts);
          return press.run(fresh);
        },
      });
    }
    void runner.equip().then(
      () => runner.views.get(id)?.whisper(refusal),
      () => blocks.get(id)?.showProblem(refusal, () => void again()),
    );
    // Below a long file the notice is out of view; the bar never is.
    notice.show(refusal);
    return undefined;
  }

  /** Resumes following a run of a mode that was under way when the reader left the page, or in another tab. */
  resume(runner: ModeRunner): void {
    const target = runner.workspace.kept.run?.steps.at(-1);
    if (target === undefined || runner.press) return;
    void this.hold(runner, target, {
      scope: 'needed',
      work: (press) => press.resume(),
      again: () => this.resume(runner),
    });
  }

  /**
   * Makes a press and keeps it as the mode's only one until it is over. Ignores a press while the modules for another
   * one are being loaded.
   */
  async hold(runner: ModeRunner, target: string, { scope, work, again }: PressToMake): Promise<void> {
    const { blocks, modes, redraw, startsFresh } = this.#page;
    if (runner.isFetching) return;
    runner.isFetching = true;
    const parts = await runner.equip().catch(() => undefined);
    runner.isFetching = false;
    if (!parts) {
      blocks.get(target)?.showProblem(NOT_LOADED_SENTENCE, again);
      return announce(NOT_LOADED_SENTENCE);
    }
    const press = new parts.Press(target, scope, {
      workspace: runner.workspace,
      block: (id) => blocks.get(id),
      view: (id) => runner.views.get(id)!,
      judge: runner.judge!,
      redraw,
      runAgain: (id, fresh) => void this.run(runner, id, { scope, fresh }),
      reveal: (id) => this.#reveal(id),
      resume: () => this.resume(runner),
      isShown: () => runner === modes.shown,
      startsFresh,
    });
    runner.press = press;
    const over = work(press, parts);
    redraw();
    runner.over = over.then(() => {
      runner.press = undefined;
      for (const view of runner.views.values()) view.whisper('');
      redraw();
      void runner.workspace.look().then(redraw, () => undefined);
    });
    await runner.over;
  }

  /** Keeps the pressed block, or the step that Ctrl+Enter in a file's editor runs, in view together with its result. */
  #keepInSight(id: string, target: string, parts: RunParts): void {
    this.#pin?.release();
    const [pressed, ran] = [this.#page.blocks.get(id), this.#page.blocks.get(target)];
    if (pressed && ran) this.#pin = new parts.Pin(pressed.button('run') ?? pressed.figure, ran.result);
  }

  #reveal(id: string): void {
    this.#pin?.release();
    const block = this.#page.blocks.get(id);
    if (!block) return;
    const behavior = openDetails(block.figure);
    block.figure.scrollIntoView({ block: 'center', behavior });
    block.button('run')?.focus({ preventScroll: true });
  }
}
