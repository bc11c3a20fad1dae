import type { Mode } from '../../../shared/protocol.ts';
import { targetOf } from '../../target-step.ts';
import type { Block } from '../step/block.ts';
import type { Judge } from './judge.ts';
import type { Remembered } from '../cluster/remembered.ts';
import type { Press } from './press.ts';
import type { Renewal } from '../cluster/renewal.ts';
import type { ResultView } from '../result/result-view.ts';
import type { Transactions } from './open-transactions.ts';
import { Workspace } from '../cluster/workspace.ts';

/** The modules that are loaded when something is run. */
export type RunParts = typeof import('./run-parts.ts');

/** One mode of the page: the reader's cluster, the result views, and the run under way. */
export class ModeRunner {
  readonly mode: Mode;
  readonly workspace: Workspace;
  /** The result views by step id; empty before `equip`. */
  readonly views = new Map<string, ResultView>();
  judge: Judge | undefined;
  renewal: Renewal | undefined;
  transactions: Transactions | undefined;
  press: Press | undefined;
  /** A press is waiting for `equip` to load its modules. */
  isFetching = false;
  /** Resolves when `press` is over. */
  over: Promise<void> | undefined;
  readonly #redraw: () => void;
  #parts: Promise<RunParts> | undefined;

  constructor(tutorial: string, mode: Mode, blocks: Block[], imports: string[], redraw: () => void) {
    this.mode = mode;
    this.workspace = new Workspace(tutorial, mode, blocks, imports);
    this.#redraw = redraw;
    const { done, failed } = this.workspace.kept;
    if (Object.keys(done).length + Object.keys(failed).length > 0) void this.equip().catch(() => undefined);
  }

  /** Loads the modules that show results and make runs, and shows the remembered results. */
  async equip(): Promise<RunParts> {
    this.#parts ??= import('./run-parts.ts').then((parts) => {
      for (const { result } of this.workspace.blocks)
        result.querySelector(':scope > .shown:not([data-show])')?.remove();
      for (const { id, result, mode, doneWord } of this.workspace.blocks)
        this.views.set(id, new parts.ResultView(result, mode === null ? this.mode : undefined, doneWord));
      this.judge = new parts.Judge(this.workspace, this.views);
      this.renewal = new parts.Renewal(this.workspace, this.#redraw);
      this.transactions = new parts.Transactions(this.workspace, this.views, this.#redraw);
      this.#replay();
      this.#redraw();
      return parts;
    });
    // A failed load is tried again next time.
    this.#parts.catch(() => (this.#parts = undefined));
    return await this.#parts;
  }

  /** Takes over what another tab did, see `Workspace.takeOver`. Does nothing while this tab has a press of its own. */
  takeOver(key: string | null): boolean {
    const { done, failed } = this.workspace.kept;
    if (this.press || !this.workspace.takeOver(key)) return false;
    if (this.views.size > 0) this.#replay({ done, failed });
    else void this.equip().catch(() => undefined);
    // Until the other tab's run is over, its effects are not final.
    if (!this.workspace.kept.run) void this.workspace.refreshHoldings().then(this.#redraw);
    return true;
  }

  /** Returns whether a step's background program is running in the current cluster. */
  lives(id: string): boolean {
    return (
      this.workspace.kept.done[id]?.location !== undefined && this.workspace.plan().states.get(id)?.state === 'done'
    );
  }

  /** Returns the step that a press on a block runs, see `target-step.ts`; undefined when this mode has none. */
  targetOf(id: string): string | undefined {
    return targetOf(this.workspace.blocks, id)?.id;
  }

  /** Clears all results. */
  clear(): void {
    for (const view of this.views.values()) view.replay([]);
  }

  /** Shows the remembered results that differ from those in `known`. */
  #replay(known: Pick<Remembered, 'done' | 'failed'> = { done: {}, failed: {} }): void {
    const { done, failed } = this.workspace.kept;
    for (const id of this.views.keys()) {
      if (JSON.stringify([done[id], failed[id]]) !== JSON.stringify([known.done[id], known.failed[id]]))
        this.judge?.replay(id);
    }
  }
}
