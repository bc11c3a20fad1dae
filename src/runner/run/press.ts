import {
  REMOVING_CLUSTER,
  STARTING_CLUSTER,
  STARTING_FRESH,
  STOPPING,
  WAITING_TURN,
} from '../../sentences/press-sentences.ts';
import { rememberRun } from '../cluster/run-memory.ts';
import type { RunEvent } from '../../../shared/protocol.ts';
import { identityOf } from '../../../shared/step.ts';
import { AwayError, RefusedError } from '../../api/request.ts';
import { startRun, stopRun } from '../../api/run-requests.ts';
import { waitAnnouncer } from '../cluster/wait-announcer.ts';
import type { Remedy } from '../result/notice.ts';
import type { Scope } from '../step/plan.ts';
import type { PressContext } from './press-context.ts';
import { showFailure } from './press-failure.ts';
import { showEnd } from './run-end.ts';
import { RunFollower } from './run-follower.ts';
import type { RunProgress } from './run-progress.ts';
import { REMEDY_LABELS } from '../../sentences/trouble-sentences.ts';

/** Pauses before each attempt to stop the run on the server, in milliseconds. */
const STOP_ATTEMPTS_MS = [0, 500, 1500, 4000];

/** One press of Run, from the click to the end of its run. */
export class Press {
  /** The block whose button was pressed. */
  readonly target: string;
  readonly #context: PressContext;
  readonly #scope: Scope;
  readonly #pressedMs = Date.now();
  readonly #gaveUp = new AbortController();
  readonly #follower: RunFollower;
  #location: string | undefined;
  #isStopped = false;
  /** The step had already ended when Stop was pressed, so Stop did not end it. */
  #stopCameLate = false;
  #isClaiming = false;
  #wantsFresh = false;

  constructor(target: string, scope: Scope, context: PressContext) {
    this.target = target;
    this.#scope = scope;
    this.#context = context;
    this.#follower = new RunFollower(target, context);
  }

  /** The step under way. */
  get current(): string {
    return this.#follower.current;
  }

  /** The progress of the run; undefined before the server has accepted it. */
  get progress(): RunProgress | undefined {
    return this.#follower.progress;
  }

  /** Returns whether a step is waiting for its turn in this run. */
  isWaiting(id: string): boolean {
    return this.#follower.isWaiting(id);
  }

  /**
   * Stops the press, whether it is waiting or running. A second Stop while the server is away gives up waiting for the
   * server.
   */
  async stop(): Promise<void> {
    const { isBroken, isStepOver } = this.#follower;
    if (isBroken && this.#isStopped) return this.#gaveUp.abort();
    this.#stopCameLate ||= !this.#isStopped && isStepOver;
    this.#isStopped = true;
    if (this.#isClaiming) return this.#gaveUp.abort();
    if (!isStepOver) this.#context.view(this.current).say(STOPPING, 'running');
    // The run was sent but has no address yet; it is stopped as soon as it has one.
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
   * Claims a cluster (a new one if `fresh`), sends the steps and shows their events. Never throws: errors are shown in
   * the figure.
   */
  async run(fresh: boolean): Promise<void> {
    const { workspace, view, startsFresh } = this.#context;
    if (document.activeElement?.closest('[data-result]')) this.#focusRun();
    this.#wantsFresh = fresh;
    view(this.target).clear();
    await this.#guard(async () => {
      if (fresh) await this.#removeOld();
      const hadOthersWork = workspace.holdsOthersWork;
      if (workspace.kept.sandbox === undefined) await this.#claim(STARTING_CLUSTER);
      if (startsFresh && (hadOthersWork || workspace.holdsOthersWork) && !workspace.holdsOwnWork) {
        await workspace.reset();
        await this.#claim(STARTING_FRESH);
      }
      this.#follower.hadOthersWork = workspace.holdsOthersWork;
      await this.#send();
    });
  }

  /** Resumes a run that was under way when the reader left the page. Never throws. */
  async resume(): Promise<void> {
    const { run } = this.#context.workspace.kept;
    if (!run) return;
    this.#follower.mayBeLate = true;
    const focused = document.activeElement;
    // All events arrive again, so clear what an earlier run printed.
    for (const id of run.steps) this.#context.view(id).clear();
    if (focused?.isConnected === false) this.#focusRun();
    await this.#guard(() => this.#follow(run.location, undefined));
  }

  /** The remedy's button disappears with its notice, so move the focus to Run. */
  #focusRun(): void {
    this.#context.block(this.target)?.button('run')?.focus({ preventScroll: true });
  }

  async #removeOld(): Promise<void> {
    const { workspace, view } = this.#context;
    if (workspace.kept.sandbox !== undefined) view(this.target).say(REMOVING_CLUSTER);
    await workspace.reset();
    this.#wantsFresh = false;
  }

  async #claim(why: string): Promise<void> {
    const { workspace, view, redraw } = this.#context;
    const announceWait = waitAnnouncer();
    // Stop may have been pressed while an old cluster was being removed.
    if (this.#isStopped) this.#gaveUp.abort();
    view(this.target).say(why);
    this.#isClaiming = true;
    await workspace.claimPatiently((words) => {
      announceWait(words);
      view(this.target).say(words.long);
      redraw();
    }, this.#gaveUp.signal);
    this.#isClaiming = false;
  }

  async #send(): Promise<void> {
    const { workspace, view, block } = this.#context;
    const plan = workspace.plan();
    const ids = plan.send(this.target, this.#scope);
    const steps = ids.flatMap((id) => block(id)?.step ?? []);
    const sent = Object.fromEntries(
      steps.map((step) => [step.id, { snapshot: plan.snapshots.get(step.id)!, text: identityOf(step) }]),
    );
    // Earlier steps show that they are waiting in their captions: a line below each would push the pressed block out of
    // the window.
    for (const id of ids) view(id).clear();
    if (ids.length > 1) view(this.target).say(WAITING_TURN);
    const { location, body } = await startRun(workspace.kept.sandbox!, steps, {
      page: workspace.tutorial,
      pressed: this.target,
      edited: steps.filter((step) => identityOf(step) !== block(step.id)?.authored).map(({ id }) => id),
      isRobot: navigator.webdriver,
    });
    rememberRun(workspace.memory, { location, steps: ids, sent, sinceMs: this.#pressedMs });
    await this.#follow(location, body);
  }

  async #follow(location: string, body: ReadableStream<Uint8Array> | undefined): Promise<void> {
    this.#location = location;
    if (this.#isStopped) void this.stop();
    await this.#follower.follow(location, body, this.#gaveUp.signal, {
      onBegin: () => (this.#stopCameLate = false),
      onEnd: (event) => this.#end(event),
    });
  }

  #end(event: RunEvent & { type: 'end' }): void {
    const { current, begun, hadOthersWork } = this.#follower;
    showEnd(event, {
      ...this.#context,
      target: this.target,
      current,
      left: this.#follower.leaveWaiting(this.#context.workspace.kept.run?.steps),
      begun: [...begun],
      stopCameLate: this.#stopCameLate,
      hadOthersWork,
      again: this.#again(REMEDY_LABELS.runAgain),
      fresh: this.#again(REMEDY_LABELS.runAgainFresh, true),
    });
  }

  #again(label: string, fresh = false): Remedy {
    return { label, press: () => this.#context.runAgain(this.target, fresh) };
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      await showFailure(cause, {
        ...this.#context,
        target: this.target,
        current: this.current,
        location: this.#location,
        gaveUp: this.#gaveUp.signal.aborted,
        wasAway: this.#follower.mayBeLate,
        leaveWaiting: (steps) => this.#follower.leaveWaiting(steps),
        again: this.#again(REMEDY_LABELS.again, this.#wantsFresh),
        fresh: this.#again(REMEDY_LABELS.runAgainFresh, true),
      });
    }
  }
}
