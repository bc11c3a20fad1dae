import type { RunEvent } from '../../../shared/protocol.ts';
import { AwayError, isRefusal, RefusedError } from '../../api/request.ts';
import type { Block } from '../step/block.ts';
import type { Progress } from '../../tutorial/bar/cluster-bar.ts';
import { identityOf } from '../../../shared/step.ts';
import type { Judge } from './judge.ts';
import type { Scope } from '../step/plan.ts';
import type { Remedy, ResultView, Since } from '../result/result-view.ts';
import { followRun, startRun, stopRun } from '../../api/run-requests.ts';
import { noteBegin, noteDone } from '../cluster/journal.ts';
import { runEvents } from '../../api/run-events.ts';
import { pointTo, showEnd } from './run-end.ts';
import { waitSentence } from '../../sentences/cluster-sentences.ts';
import { tellStatus } from '../../ui/status.ts';
import { noteTransaction } from './open-transactions.ts';
import { troubleOf } from '../../api/trouble.ts';
import { waitTeller } from '../cluster/wait-teller.ts';
import type { Workspace } from '../cluster/workspace.ts';

/** What a press needs of the page. */
export interface PressContext {
  workspace: Workspace;
  block: (id: string) => Block | undefined;
  view: (id: string) => ResultView;
  judge: Judge;
  /** Draws buttons, badges and the cluster bar anew. */
  redraw: () => void;
  /** Presses Run on a block, in a new cluster if so said. */
  runAgain: (id: string, fresh: boolean) => void;
  /** Brings a block into the window. */
  reveal: (id: string) => void;
  /** Looks for the run that was under way again. */
  resume: () => void;
  /** Whether the reader sees the mode that it runs in. */
  isShown: () => boolean;
  /** The page's steps count on a cluster that nobody used before. */
  startsFresh: boolean;
}

const STOP_ATTEMPTS_MS = [0, 500, 1500, 4000];

/** One press of Run, from the click to the end of its run. */
export class Press {
  /** The block whose button was pressed. */
  readonly target: string;
  /** The step under way. */
  current: string;
  readonly #context: PressContext;
  readonly #scope: Scope;
  readonly #pressedMs = Date.now();
  readonly #gaveUp = new AbortController();
  #location: string | undefined;
  #stopped = false;
  /** The step under way has told how it ended; what is left of it, or of the run, takes a moment. */
  #isStepOver = false;
  /** It was so already when Stop was pressed: then that did not end it. */
  #stopCameLate = false;
  #isClaiming = false;
  #hasOthersWork = false;
  #isBroken = false;
  #wantsFresh = false;
  /** What comes may have happened before: the page was left, or the connection broke. */
  #mayBeLate = false;
  #since: Since = { ms: 0, isBound: false };
  #begun = new Set<string>();

  constructor(target: string, scope: Scope, context: PressContext) {
    this.target = target;
    this.#scope = scope;
    this.current = target;
    this.#context = context;
  }

  /** How far it is: undefined before the server has taken the run. */
  get progress(): Progress | undefined {
    const { run } = this.#context.workspace.kept;
    if (!run) return undefined;
    return {
      at: this.#begun.size === 0 ? 1 : run.steps.indexOf(this.current) + 1,
      of: run.steps.length,
      sinceMs: run.sinceMs,
    };
  }

  /** Whether a step is among those that wait for their turn. */
  isWaiting(id: string): boolean {
    const { run } = this.#context.workspace.kept;
    return run !== undefined && run.steps.includes(id) && !this.#begun.has(id) && id !== this.current;
  }

  /** Stops it, whether it waits or runs. A second Stop while the server is away gives up waiting for it. */
  async stop(): Promise<void> {
    if (this.#isBroken && this.#stopped) return this.#gaveUp.abort();
    this.#stopCameLate ||= !this.#stopped && this.#isStepOver;
    this.#stopped = true;
    if (this.#isClaiming) return this.#gaveUp.abort();
    if (!this.#isStepOver) this.#context.view(this.current).say('Stopping…', 'running');
    // Sent, and not yet answered: it is stopped as soon as it has a name.
    if (this.#location === undefined) return;
    for (const pauseMs of STOP_ATTEMPTS_MS) {
      await new Promise((settle) => setTimeout(settle, pauseMs));
      const isAway = await stopRun(this.#location).then(
        () => false,
        (cause: unknown) => cause instanceof AwayError || (cause instanceof RefusedError && cause.isPassing),
      );
      if (!isAway) return;
    }
  }

  /**
   * Claims a cluster, a new one if `fresh`, sends the steps, and shows what comes. Never throws: what goes wrong is
   * told in the figure.
   */
  async run(fresh: boolean): Promise<void> {
    const { workspace, view } = this.#context;
    if (document.activeElement?.closest('[data-result]')) this.#focusRun();
    this.#wantsFresh = fresh;
    view(this.target).clear();
    await this.#guard(async () => {
      if (fresh) await this.#removeOld();
      const hadOthersWork = workspace.holdsOthersWork;
      if (workspace.kept.sandbox === undefined) await this.#claim('Starting your cluster…');
      if (this.#context.startsFresh && (hadOthersWork || workspace.holdsOthersWork) && !workspace.holdsOwnWork) {
        await workspace.reset();
        await this.#claim('Starting a fresh cluster: the one you had held another page’s work…');
      }
      this.#hasOthersWork = workspace.holdsOthersWork;
      await this.#send();
    });
  }

  /** The button of a remedy goes with its notice: a keyboard goes on from Run. */
  #focusRun(): void {
    this.#context.block(this.target)?.button('run')?.focus({ preventScroll: true });
  }

  async #removeOld(): Promise<void> {
    const { workspace, view } = this.#context;
    if (workspace.kept.sandbox !== undefined) view(this.target).say('Removing the cluster that you have…');
    await workspace.reset();
    this.#wantsFresh = false;
  }

  async #claim(why: string): Promise<void> {
    const { workspace, view, redraw } = this.#context;
    const tell = waitTeller();
    // Stop may have come while an old cluster was being removed.
    if (this.#stopped) this.#gaveUp.abort();
    view(this.target).say(why);
    this.#isClaiming = true;
    await workspace.claimPatiently((reason, seconds) => {
      tell(reason);
      view(this.target).say(waitSentence(reason, seconds));
      redraw();
    }, this.#gaveUp.signal);
    this.#isClaiming = false;
  }

  /** Goes on with a run that was under way when the page was left. Never throws. */
  async resume(): Promise<void> {
    const { run } = this.#context.workspace.kept;
    if (!run) return;
    this.#mayBeLate = true;
    const focused = document.activeElement;
    // All of it comes again; what an earlier run gave is no news of this one.
    for (const id of run.steps) this.#context.view(id).clear();
    if (focused?.isConnected === false) this.#focusRun();
    await this.#guard(() => this.#follow(run.location, undefined));
  }

  async #send(): Promise<void> {
    const { workspace, view, block } = this.#context;
    const plan = workspace.plan();
    const ids = plan.send(this.target, this.#scope);
    const steps = ids.flatMap((id) => block(id)?.step ?? []);
    const sent = Object.fromEntries(
      steps.map((step) => [step.id, { snapshot: plan.snapshots.get(step.id)!, text: identityOf(step) }]),
    );
    // Those before it show that they wait in their captions: a line below each would push what was pressed out of the
    // window.
    for (const id of ids) view(id).clear();
    if (ids.length > 1) view(this.target).say('Waiting for its turn…');
    const { location, body } = await startRun(workspace.kept.sandbox!, steps);
    workspace.kept.run = { location, steps: ids, sent, sinceMs: this.#pressedMs };
    workspace.save();
    await this.#follow(location, body);
  }

  async #follow(location: string, body: ReadableStream<Uint8Array> | undefined): Promise<void> {
    const { workspace, view, redraw } = this.#context;
    const { signal } = this.#gaveUp;
    this.#location = location;
    if (this.#stopped) void this.stop();
    const onTrouble = (broken: boolean): void => {
      this.#isBroken = broken;
      this.#mayBeLate = true;
      if (broken) view(this.current).say('The connection broke; getting the rest…', 'running');
      else view(this.current).run(this.#since);
    };
    for await (const event of runEvents(body, {
      resume: (after) => followRun(location, after, signal),
      onTrouble,
      signal,
    })) {
      if (event.type === 'begin') this.#begin(event.step);
      else if (event.type === 'tables') workspace.holdings = { tables: event.tables, unlisted: event.unlisted };
      else if (event.type === 'end') this.#end(event);
      else this.#show(event);
      if (event.type !== 'output') redraw();
    }
    delete workspace.kept.run;
    workspace.save();
  }

  #begin(id: string): void {
    const { workspace, view } = this.#context;
    this.current = id;
    this.#isStepOver = false;
    this.#stopCameLate = false;
    this.#begun.add(id);
    this.#since = this.#beginOf(id);
    this.#context.judge.begin(id);
    noteBegin(workspace, id, this.#context.block(id));
    workspace.save();
    view(id).clear();
    view(id).run(this.#since);
  }

  /** When a step began: as it was noted then; one that began while nobody looked, now at the latest. */
  #beginOf(id: string): Since {
    const { run } = this.#context.workspace.kept;
    const noted = run?.began?.[id];
    if (noted !== undefined) return { ms: noted, isBound: false };
    const ms = Date.now();
    if (run && !this.#mayBeLate) run.began = { ...run.began, [id]: ms };
    return { ms, isBound: this.#mayBeLate };
  }

  /** Shows an event of the current step; remembers a step that was done, with the snapshot that it was sent with. */
  #show(event: RunEvent): void {
    const { workspace, view, block } = this.#context;
    view(this.current).show(event);
    if (event.type !== 'done') return;
    this.#isStepOver = true;
    noteDone(workspace, event);
    noteTransaction(workspace, block(event.step), event.transaction);
    const sent = workspace.kept.run?.sent[event.step];
    const events = view(event.step).kept;
    const { sandbox } = workspace.kept;
    if (!sent || sandbox === undefined) return;
    const was = { sandbox, ...sent, ...(events ? { events } : {}) };
    delete workspace.kept.failed[event.step];
    if (event.ok)
      workspace.kept.done[event.step] = {
        ...was,
        ...(block(event.step)?.isBackground ? { location: this.#location! } : {}),
      };
    else workspace.kept.failed[event.step] = was;
    workspace.save();
    if (event.ok) this.#context.judge.done(event.step, this.#hasOthersWork);
  }

  #end(event: RunEvent & { type: 'end' }): void {
    const [again, fresh] = [this.#again('Run again'), this.#again('Run again in a new cluster', true)];
    const [left, begun] = [this.#leaveWaiting(this.#context.workspace.kept.run?.steps), [...this.#begun]];
    const { target, current } = this;
    showEnd(event, {
      ...this.#context,
      target,
      current,
      left,
      begun,
      stopCameLate: this.#stopCameLate,
      hadOthersWork: this.#hasOthersWork,
      again,
      fresh,
    });
  }

  /** Steps that never began show what they showed before. Gives how many there are. */
  #leaveWaiting(steps: string[] = []): number {
    const { judge } = this.#context;
    const left = steps.filter((id) => !this.#begun.has(id));
    for (const id of left) judge.replay(id);
    return left.length;
  }

  #again(label: string, fresh = false): Remedy {
    return { label, press: () => this.#context.runAgain(this.target, fresh) };
  }

  /** Tells what went wrong on our side in the figure that it happened in. */
  async #guard(work: () => Promise<void>): Promise<void> {
    const { workspace, view, resume } = this.#context;
    try {
      await work();
    } catch (cause) {
      const hasBegun = this.#location !== undefined;
      const steps = workspace.kept.run?.steps;
      // Of an address that no longer exists the cluster itself says whether it is there.
      if (hasBegun && isRefusal(cause)) await workspace.look().catch(() => undefined);
      const trouble = troubleOf(cause, {
        gaveUp: this.#gaveUp.signal.aborted,
        hasBegun,
        hasCluster: workspace.kept.sandbox !== undefined,
        wasAway: this.#mayBeLate,
      });
      if (trouble.remedy !== 'resume') this.#leaveWaiting(steps);
      if (trouble.lost !== undefined) workspace.lose(trouble.lost);
      // One of another tab's is theirs.
      if (trouble.remedy !== 'resume' && workspace.kept.run?.location === this.#location) delete workspace.kept.run;
      workspace.save();
      const { head, sentence, calm = false } = trouble;
      view(this.current).say(head, calm ? 'stopped' : 'failed');
      const remedy =
        trouble.remedy === 'resume'
          ? { label: 'Get the rest', press: resume }
          : trouble.remedy === 'fresh'
            ? this.#again('Run again in a new cluster', true)
            : this.#again('Try again', this.#wantsFresh);
      view(this.current).notice(sentence, [remedy], calm ? 'calm' : 'failed');
      if (this.current !== this.target)
        pointTo(
          { head, calm, tell: (step) => `It was at ${step}. ${sentence}`, remedies: [remedy] },
          { ...this.#context, target: this.target, current: this.current },
        );
      tellStatus(sentence);
      if (trouble.unknown) console.error(cause);
    }
  }
}
