import type { RunEvent } from '../../server/protocol.ts';
import { AwayError, followRun, RefusedError, startRun, stopRun } from './api.ts';
import type { Block } from './block.ts';
import type { ResultView } from './result-view.ts';
import { runEvents } from './run-events.ts';
import { endSentence } from './sentences.ts';
import { tellStatus } from './status.ts';
import { claimPatiently } from './waiting.ts';
import type { Workspace } from './workspace.ts';

/** What a press needs of the page. */
export interface PressContext {
  workspace: Workspace;
  block: (id: string) => Block | undefined;
  view: (id: string) => ResultView;
  /** Draws buttons, badges and the cluster bar anew. */
  redraw: () => void;
  /** Presses Run on a block, in a new cluster if so said. */
  runAgain: (id: string, fresh: boolean) => void;
  onTables: (event: RunEvent & { type: 'tables' }) => void;
}

type Ending = RunEvent & { type: 'end' };

/** One press of Run, from the click to the end of its run. */
export class Press {
  /** The block whose button was pressed. */
  readonly target: string;
  /** The step under way. */
  current: string;
  readonly #context: PressContext;
  readonly #gaveUp = new AbortController();
  #location: string | undefined;
  #stopped = false;

  constructor(target: string, context: PressContext) {
    this.target = target;
    this.current = target;
    this.#context = context;
  }

  /** Stops it, whether it waits or runs. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#location === undefined) this.#gaveUp.abort();
    else await stopRun(this.#location).catch(() => this.#gaveUp.abort());
  }

  /** Claims a cluster, sends the steps, and shows what comes. Never throws: what goes wrong is told in the figure. */
  async run(): Promise<void> {
    const { workspace, view } = this.#context;
    view(this.target).clear();
    view(this.target).say(workspace.kept.sandbox === undefined ? 'Starting your cluster…' : 'Sending…');
    await this.#guard(async () => {
      await claimPatiently(() => workspace.claim(), (reason, seconds) => view(this.target).say(`${reason} Trying again in ${seconds} s.`), this.#gaveUp.signal);
      const plan = workspace.plan();
      const ids = plan.send(this.target);
      for (const id of ids) {
        view(id).clear();
        view(id).say('Waiting for its turn…');
      }
      const steps = ids.flatMap((id) => this.#context.block(id)?.toStep() ?? []);
      const { location, body } = await startRun(workspace.info!.id, steps, this.#gaveUp.signal);
      workspace.kept.run = { location, steps: ids, snapshots: Object.fromEntries(ids.map((id) => [id, plan.snapshots.get(id)!])) };
      workspace.save();
      await this.#follow(location, body);
    });
  }

  /** Goes on with a run that was under way when the page was left. */
  async resume(): Promise<void> {
    const { run } = this.#context.workspace.kept;
    if (!run) return;
    for (const id of run.steps) this.#context.view(id).clear();
    await this.#guard(() => this.#follow(run.location, undefined));
  }

  async #follow(location: string, body: ReadableStream<Uint8Array> | undefined): Promise<void> {
    const { workspace, view, redraw } = this.#context;
    this.#location = location;
    if (this.#stopped) await this.stop();
    const events = runEvents(
      body,
      (after) => followRun(location, after, this.#gaveUp.signal),
      (broken) => view(this.current).say(broken ? 'The connection broke: resuming…' : 'Running…'),
    );
    for await (const event of events) {
      if (event.type === 'begin') {
        this.current = event.step;
        view(event.step).clear();
        view(event.step).say('Running…');
        redraw();
      } else if (event.type === 'tables') {
        this.#context.onTables(event);
      } else if (event.type === 'end') {
        this.#end(event);
      } else {
        view(this.current).show(event);
        if (event.type === 'done' && event.ok) this.#note(event.step);
      }
    }
    delete workspace.kept.run;
    workspace.save();
  }

  /** Remembers a step that was done, with the snapshot that it was sent with. */
  #note(id: string): void {
    const { workspace, view, block } = this.#context;
    const snapshot = workspace.kept.run?.snapshots[id];
    const events = view(id).kept;
    if (snapshot === undefined || workspace.info === undefined) return;
    workspace.kept.done[id] = { sandbox: workspace.info.id, snapshot, text: block(id)?.identity ?? '', ...(events ? { events } : {}) };
    workspace.save();
  }

  #end({ reason, message }: Ending): void {
    const { workspace, view, runAgain, block } = this.#context;
    const { current } = this;
    for (const id of workspace.kept.run?.steps ?? []) if (id !== current && workspace.kept.done[id] === undefined) view(id).clear();
    if (reason === 'lost') {
      workspace.lose();
      view(current).notice(`${message ?? 'Your cluster is gone.'} What was done in it is lost.`, [{ label: 'Run again in a new cluster', press: () => runAgain(this.target, true) }]);
    } else if (reason !== 'finished') {
      if (reason === 'stopped') view(current).say('Stopped');
      const failed = message ?? (reason === 'stopped' ? 'You stopped it.' : 'The steps after it were not run.');
      const again = { label: 'Run again', press: () => runAgain(this.target, false) };
      view(current).notice(failed, reason === 'stopped' ? [again] : [again, { label: 'Run again in a new cluster', press: () => runAgain(this.target, true) }]);
    }
    tellStatus(endSentence(reason, block(current)?.title ?? ''));
  }

  /** Tells what went wrong on our side in the figure that it happened in. */
  async #guard(work: () => Promise<void>): Promise<void> {
    const { workspace, view, runAgain } = this.#context;
    const tell = (sentence: string, label: string, fresh = false): void => {
      view(this.current).say('Not run');
      view(this.current).notice(sentence, [{ label, press: () => runAgain(this.target, fresh) }]);
      tellStatus(sentence);
    };
    try {
      await work();
    } catch (cause) {
      if (this.#gaveUp.signal.aborted) tell('You stopped it before it began.', 'Run again');
      else if (cause instanceof RefusedError && (cause.status === 410 || cause.status === 404)) {
        workspace.lose();
        tell(`${cause.status === 410 ? cause.message : 'Your cluster is no longer there.'} What was done in it is lost.`, 'Run again in a new cluster', true);
      } else if (cause instanceof RefusedError) tell(cause.message, 'Try again');
      else if (cause instanceof AwayError) tell(`${cause.message} You can read on and copy the code; to run it, try again when the server is back.`, 'Try again');
      else {
        console.error(cause);
        tell('Something in this page failed.', 'Try again');
      }
      delete workspace.kept.run;
      workspace.save();
    }
  }
}
