import { BROKEN_CONNECTION } from '../../sentences/press-sentences.ts';
import { forgetRun, rememberBegin, rememberDone, rememberFailed } from '../cluster/run-memory.ts';
import type { RunEvent } from '../../../shared/protocol.ts';
import { runEvents } from '../../api/run-events.ts';
import { followRun } from '../../api/run-requests.ts';
import { noteBegin, noteDone } from '../cluster/journal.ts';
import type { Since } from '../result/result-view.ts';
import { noteTransaction } from './open-transactions.ts';
import type { PressContext } from './press-context.ts';
import type { RunProgress } from './run-progress.ts';

/** A run that the server has taken: draws its events in the figures of its steps, and remembers what was done. */
export class RunFollower {
  /** The step under way; before the run, the one that was pressed. */
  current: string;
  /** The connection is broken now. */
  isBroken = false;
  /** What comes may have happened before: the page was left, or the connection broke. */
  mayBeLate = false;
  /** The step under way has told how it ended; what is left of it, or of the run, takes a moment. */
  isStepOver = false;
  /** The cluster held what was done on another page when the run was sent. */
  hadOthersWork = false;
  readonly begun = new Set<string>();
  readonly #context: PressContext;
  #since: Since = { ms: 0, isBound: false };

  constructor(target: string, context: PressContext) {
    this.current = target;
    this.#context = context;
  }

  /** How far it is: undefined before the server has taken the run. */
  get progress(): RunProgress | undefined {
    const { run } = this.#context.workspace.kept;
    if (!run) return undefined;
    const at = this.begun.size === 0 ? 1 : run.steps.indexOf(this.current) + 1;
    return { at, of: run.steps.length, sinceMs: run.sinceMs };
  }

  /** Whether a step is among those that wait for their turn. */
  isWaiting(id: string): boolean {
    const { run } = this.#context.workspace.kept;
    return run !== undefined && run.steps.includes(id) && !this.begun.has(id) && id !== this.current;
  }

  /**
   * Follows it to its end, which `onEnd` hears; `onBegin` hears of each step that begins. Throws what `runEvents`
   * throws.
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

  /** Those of a run's steps that never began show what they showed before. Returns how many there are. */
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

  /** When a step began: as it was noted then; one that began while nobody looked, now at the latest. */
  #beginOf(id: string): Since {
    const { kept, memory } = this.#context.workspace;
    const noted = kept.run?.began?.[id];
    if (noted !== undefined) return { ms: noted, isBound: false };
    const ms = Date.now();
    if (!this.mayBeLate) rememberBegin(memory, id, ms);
    return { ms, isBound: this.mayBeLate };
  }

  /** Shows an event of the current step; remembers a step that was done, with the snapshot that it was sent with. */
  #show(event: RunEvent, location: string): void {
    const { view } = this.#context;
    view(this.current).show(event);
    if (event.type === 'done') this.#noteDone(event, location);
  }

  #noteDone(event: RunEvent & { type: 'done' }, location: string): void {
    const { workspace, view, block, judge } = this.#context;
    const { step, ok, transaction } = event;
    this.isStepOver = true;
    noteDone(workspace, event);
    noteTransaction(workspace, block(step), transaction);
    const { run, sandbox } = workspace.kept;
    const sent = run?.sent[step];
    if (!sent || sandbox === undefined) return;
    const events = view(step).kept;
    const record = { sandbox, ...sent, ...(events && { events }) };
    if (!ok) return rememberFailed(workspace.memory, step, record);
    rememberDone(workspace.memory, step, { ...record, ...(block(step)?.isBackground && { location }) });
    judge.done(step, this.hadOthersWork);
  }
}
