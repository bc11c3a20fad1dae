import { BROKEN_CONNECTION } from '../../sentences/press-sentences.ts';
import { forgetRun, rememberBegin, rememberDone, rememberFailed } from '../cluster/run-memory.ts';
import type { RunEvent } from '../../../shared/protocol.ts';
import { runEvents } from '../../api/run-events.ts';
import { followRun } from '../../api/run-requests.ts';
import { noteBegin, noteDone } from '../cluster/journal.ts';
import type { Since } from '../result/result-view.ts';
import { mayFail } from '../../../shared/step-end.ts';
import { noteTransaction } from './open-transactions.ts';
import type { PressContext } from './press-context.ts';
import type { RunProgress } from './run-progress.ts';

/**
 * Follows a run that the server has accepted: draws its events in the figures of its steps, and remembers what was
 * done.
 */
export class RunFollower {
  /** The step under way; before the run begins, the pressed one. */
  current: string;
  /** Whether the connection is broken now. */
  isBroken = false;
  /** Events may arrive late, because the reader left the page or the connection broke. */
  mayBeLate = false;
  /** The step under way has reported its end, but the run goes on for a moment. */
  isStepOver = false;
  /** The cluster already held another page's work when the run was sent. */
  hadOthersWork = false;
  readonly begun = new Set<string>();
  readonly #context: PressContext;
  #since: Since = { ms: 0, isBound: false };

  constructor(target: string, context: PressContext) {
    this.current = target;
    this.#context = context;
  }

  /** The progress of the run; undefined before the server has accepted it. */
  get progress(): RunProgress | undefined {
    const { run } = this.#context.workspace.kept;
    if (!run) return undefined;
    const at = this.begun.size === 0 ? 1 : run.steps.indexOf(this.current) + 1;
    return { at, of: run.steps.length, sinceMs: run.sinceMs };
  }

  /** Returns whether a step is waiting for its turn in this run. */
  isWaiting(id: string): boolean {
    const { run } = this.#context.workspace.kept;
    return run !== undefined && run.steps.includes(id) && !this.begun.has(id) && id !== this.current;
  }

  /**
   * Follows the run to its end. Calls `onBegin` for each step that begins and `onEnd` when the run ends. Throws what
   * `runEvents` throws.
   */
  async follow(
    location: string,
    body: ReadableStream<Uint8Array> | undefined,
    signal: AbortSignal,
    { onBegin, onEnd }: { onBegin: () => void; onEnd: (event: RunEvent & { type: 'end' }) => void },
  ): Promise<void> {
    const { workspace, redraw } = this.#context;
    const events = runEvents(body, {
      resume: (after) => followRun(location, after, signal),
      onTrouble: (isBroken) => this.#noteTrouble(isBroken),
      signal,
    });
    for await (const event of events) {
      if (event.type === 'begin') {
        onBegin();
        this.#begin(event.step);
      } else if (event.type === 'tables') workspace.holdings = { tables: event.tables, unlisted: event.unlisted };
      else if (event.type === 'end') onEnd(event);
      else this.#show(event, location);
      if (event.type !== 'output') redraw();
    }
    forgetRun(workspace.memory, location);
  }

  /** Restores the earlier results of those steps that never began. Returns how many there are. */
  leaveWaiting(steps: readonly string[] = []): number {
    const left = steps.filter((id) => !this.begun.has(id));
    for (const id of left) this.#context.judge.replay(id);
    return left.length;
  }

  #noteTrouble(isBroken: boolean): void {
    const view = this.#context.view(this.current);
    this.isBroken = isBroken;
    this.mayBeLate = true;
    if (isBroken) view.say(BROKEN_CONNECTION, 'running');
    else view.run(this.#since);
  }

  #begin(id: string): void {
    const { workspace, view, block, judge } = this.#context;
    this.current = id;
    this.isStepOver = false;
    this.begun.add(id);
    this.#since = this.#beginOf(id);
    judge.begin(id);
    noteBegin(workspace, id, block(id));
    view(id).clear();
    view(id).run(this.#since);
  }

  /**
   * Returns when a step began, as it was noted at that time. If nobody noted it, returns the current time as an upper
   * bound.
   */
  #beginOf(id: string): Since {
    const { kept, memory } = this.#context.workspace;
    const noted = kept.run?.began?.[id];
    if (noted !== undefined) return { ms: noted, isBound: false };
    const ms = Date.now();
    if (!this.mayBeLate) rememberBegin(memory, id, ms);
    return { ms, isBound: this.mayBeLate };
  }

  /**
   * Shows an event of the current step, and remembers the step with the snapshot with which it was sent when it is
   * done.
   */
  #show(event: RunEvent, location: string): void {
    const { view } = this.#context;
    view(this.current).show(event);
    if (event.type === 'done') this.#noteDone(event, location);
  }

  #noteDone(event: RunEvent & { type: 'done' }, location: string): void {
    const { workspace, view, block, judge } = this.#context;
    const { step, transaction } = event;
    this.isStepOver = true;
    noteDone(workspace, event);
    noteTransaction(workspace, block(step), transaction);
    const { run, sandbox } = workspace.kept;
    const sent = run?.sent[step];
    if (!sent || sandbox === undefined) return;
    const record = { sandbox, ...sent, ...view(step).kept };
    // The run goes on when a step fails that must fail, so it counts as done.
    if (!event.ok && !mayFail(block(step)?.step)) return rememberFailed(workspace.memory, step, record);
    rememberDone(workspace.memory, step, { ...record, ...(block(step)?.isBackground && { location }) });
    judge.done(step, this.hadOthersWork);
  }
}
