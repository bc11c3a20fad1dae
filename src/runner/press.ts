import type { RunEvent } from '../../server/protocol.ts';
import { AwayError, followRun, RefusedError, startRun, stopRun } from './api.ts';
import type { Block } from './block.ts';
import type { Judge } from './judge.ts';
import type { Remedy, ResultView, Since } from './result-view.ts';
import { runEvents } from './run-events.ts';
import { DATA_LOST, END_HEADS, endSentence, OTHERS_WORK, waitSentence } from './sentences.ts';
import { tellStatus, waitTeller } from './status.ts';
import { troubleOf } from './trouble.ts';
import type { Workspace } from './workspace.ts';

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
  /** Looks for the run that was under way again. */
  resume: () => void;
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
  readonly #gaveUp = new AbortController();
  #location: string | undefined;
  #stopped = false;
  #isClaiming = false;
  #hasOthersWork = false;
  #isBroken = false;
  #wantsFresh = false;
  /** What comes may have happened before: the page was left, or the connection broke. */
  #mayBeLate = false;
  #since: Since = { ms: 0, isBound: false };
  #begun = new Set<string>();

  constructor(target: string, context: PressContext) {
    this.target = target;
    this.current = target;
    this.#context = context;
  }

  /** Stops it, whether it waits or runs. A second Stop while the server is away gives up waiting for it. */
  async stop(): Promise<void> {
    if (this.#isBroken && this.#stopped) return this.#gaveUp.abort();
    this.#stopped = true;
    if (this.#isClaiming) return this.#gaveUp.abort();
    // Sent, and not yet answered: it is stopped as soon as it has a name.
    if (this.#location === undefined) return;
    this.#context.view(this.current).say('Stopping…', 'running');
    for (const pauseMs of STOP_ATTEMPTS_MS) {
      await new Promise((settle) => setTimeout(settle, pauseMs));
      const isAway = await stopRun(this.#location).then(() => false, (cause: unknown) => cause instanceof AwayError || (cause instanceof RefusedError && cause.isPassing));
      if (!isAway) return;
    }
  }

  /** Claims a cluster, a new one if `fresh`, sends the steps, and shows what comes. Never throws: what goes wrong is told in the figure. */
  async run(fresh: boolean): Promise<void> {
    const { workspace, view, block } = this.#context;
    // The button of a remedy goes with its notice: a keyboard goes on from Run.
    if (document.activeElement?.closest('[data-result]')) block(this.target)?.button('run')?.focus();
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
    await this.#guard(() => this.#follow(run.location, undefined));
  }

  async #send(): Promise<void> {
    const { workspace, view, block } = this.#context;
    const plan = workspace.plan();
    const ids = plan.send(this.target);
    const sent = Object.fromEntries(ids.map((id) => [id, { snapshot: plan.snapshots.get(id)!, text: block(id)?.identity ?? '' }]));
    for (const id of ids) {
      view(id).clear();
      view(id).say('Waiting for its turn…');
    }
    const steps = ids.flatMap((id) => block(id)?.toStep() ?? []);
    const { location, body } = await startRun(workspace.kept.sandbox!, steps);
    workspace.kept.run = { location, steps: ids, sent };
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
    for await (const event of runEvents(body, { resume: (after) => followRun(location, after, signal), onTrouble, signal })) {
      if (event.type === 'begin') this.#begin(event.step);
      else if (event.type === 'tables') workspace.holdings = event;
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
    this.#begun.add(id);
    this.#since = this.#beginOf(id);
    this.#context.judge.begin(id);
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
    const sent = workspace.kept.run?.sent[event.step];
    const events = view(event.step).kept;
    if (!event.ok || !sent || workspace.kept.sandbox === undefined) return;
    workspace.kept.done[event.step] = { sandbox: workspace.kept.sandbox, ...sent, ...(events ? { events } : {}), ...(block(event.step)?.isBackground ? { location: this.#location! } : {}) };
    workspace.save();
    this.#context.judge.done(event.step, this.#hasOthersWork);
  }

  #end({ reason, message }: RunEvent & { type: 'end' }): void {
    const { workspace, view, block, judge } = this.#context;
    const { current } = this;
    const left = this.#leaveWaiting();
    const again = this.#again('Run again');
    const fresh = this.#again('Run again in a new cluster', true);
    const said = message === undefined ? '' : `${message} `;
    const others = this.#hasOthersWork && reason === 'failed-step' ? `${OTHERS_WORK} That may be why. ` : '';
    const rest = left > 0 ? `${left} later step${left === 1 ? ' was' : 's were'} not run.` : '';
    if (reason === 'lost') {
      workspace.lose(message);
      view(current).say('Your cluster is gone', 'failed');
      view(current).notice(`${message ?? 'Your cluster is gone.'} ${DATA_LOST}`, [fresh]);
    } else if (reason === 'stopped') {
      view(current).say('Stopped', 'failed');
      view(current).notice(`You stopped it. ${rest}`.trim(), [again]);
    } else if (reason !== 'finished') {
      const head = END_HEADS[reason];
      if (head !== undefined) view(current).say(head, 'failed');
      view(current).notice(`${said}${others}${rest}`.trim(), [again, fresh]);
    }
    const told = reason !== 'failed-step' && message !== undefined ? ` ${message}` : '';
    const sentence = `${endSentence(reason, block(current)?.title ?? '')}${told}`;
    void judge.tell(reason === 'finished' ? [...this.#begun] : []).then((verdict) => tellStatus(`${sentence} ${verdict}`.trim()));
  }

  /** Steps that never began show what they showed before. Gives how many there are. */
  #leaveWaiting(): number {
    const { workspace, judge } = this.#context;
    const left = (workspace.kept.run?.steps ?? []).filter((id) => !this.#begun.has(id));
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
      const trouble = troubleOf(cause, this.#gaveUp.signal.aborted, this.#location !== undefined);
      if (trouble.remedy !== 'resume') this.#leaveWaiting();
      if (trouble.lost !== undefined) workspace.lose(trouble.lost);
      if (trouble.remedy !== 'resume') delete workspace.kept.run;
      workspace.save();
      view(this.current).say(trouble.head, 'failed');
      const remedy = trouble.remedy === 'resume' ? { label: 'Get the rest', press: resume } : trouble.remedy === 'fresh' ? this.#again('Run again in a new cluster', true) : this.#again('Try again', this.#wantsFresh);
      view(this.current).notice(trouble.sentence, [remedy]);
      tellStatus(trouble.sentence);
      if (trouble.unknown) console.error(cause);
    }
  }
}
