import type { Mode } from '../../server/protocol.ts';
import { engineName } from '../engine-version.ts';
import { isRefusal, stopRun } from './api.ts';
import { readBlocks, type Block } from './block.ts';
import { ClusterBar } from './cluster-bar.ts';
import { Editors } from './editors.ts';
import { Judge } from './judge.ts';
import type { Remembered } from './memory.ts';
import { Press } from './press.ts';
import { Readiness } from './readiness.ts';
import { Recordings } from './recordings.ts';
import { Renewal } from './renewal.ts';
import { ResultView } from './result-view.ts';
import { BUSY_SENTENCE, DATA_LOST, RENEWING_SENTENCE, runLabel, STALE_SENTENCES, waitSentence } from './sentences.ts';
import { tellStatus } from './status.ts';
import { whyNot } from './trouble.ts';
import { Workspace } from './workspace.ts';

/** How often the cluster's time is looked at, milliseconds. */
const TICK_MS = 10_000;
/** Hovering again over Run does not claim again before. */
const INTENT_AGAIN_MS = 5000;

/** One mode of the page: what is in the reader's cluster, what the figures show of it, and the run under way. */
interface Side {
  workspace: Workspace;
  views: Map<string, ResultView>;
  judge: Judge;
  renewal: Renewal;
  press?: Press | undefined;
  /** Settles when `press` is over. */
  over?: Promise<void>;
}

/** The page of a tutorial: its blocks, a side for each mode, and what the reader does with them. */
export class TutorialPage {
  readonly #blocks: Block[] = readBlocks();
  readonly #byId = new Map(this.#blocks.map((block) => [block.id, block]));
  readonly #sides: Record<Mode, Side>;
  readonly #editors: Editors;
  readonly #bar: ClusterBar | undefined;
  readonly #engine = document.querySelector('[data-engine]');
  readonly #startsFresh: boolean;
  readonly #readiness: Readiness;
  readonly #recordings = new Recordings();
  #intendedMs = Number.NEGATIVE_INFINITY;

  constructor(main: HTMLElement) {
    const { tutorial = '', imports = '', needs, fresh } = main.dataset;
    this.#readiness = new Readiness(needs, () => this.#redraw());
    this.#startsFresh = fresh !== undefined;
    const modules = imports.split(',').filter(Boolean);
    this.#sides = { secure: this.#makeSide(tutorial, 'secure', modules), insecure: this.#makeSide(tutorial, 'insecure', modules) };
    this.#editors = new Editors(tutorial, this.#blocks, () => this.#redraw(), (id) => this.press(id));
    const bar = document.querySelector<HTMLElement>('[data-cluster]');
    if (bar) this.#bar = new ClusterBar(bar, { reset: () => void this.#reset(), renew: () => void this.#side.renewal.press() });
  }

  #makeSide(tutorial: string, mode: Mode, modules: string[]): Side {
    const workspace = new Workspace(tutorial, mode, this.#blocks, modules);
    const views = new Map(workspace.blocks.map((block) => [block.id, new ResultView(block.result, block.mode === undefined ? mode : undefined, block.doneWord)]));
    const side: Side = { workspace, views, judge: new Judge(workspace, views), renewal: new Renewal(workspace, () => this.#redraw()) };
    this.#replay(side);
    return side;
  }

  /** Shows what is remembered of what the steps gave, where it is not what was `known`. */
  #replay({ workspace, views, judge }: Side, known: Remembered['done'] = {}): void {
    for (const id of views.keys()) {
      if (JSON.stringify(workspace.kept.done[id]) !== JSON.stringify(known[id])) judge.replay(id);
    }
  }

  get #mode(): Mode {
    return document.documentElement.dataset['mode'] === 'insecure' ? 'insecure' : 'secure';
  }

  get #side(): Side {
    return this.#sides[this.#mode];
  }

  /** Takes up what was left, and begins to listen. */
  open(): void {
    addEventListener('modechange', () => this.#show());
    addEventListener('storage', ({ key }) => {
      for (const side of Object.values(this.#sides)) {
        const { done } = side.workspace.kept;
        if (!side.press && side.workspace.takeOver(key)) this.#replay(side, done);
      }
      this.#redraw();
    });
    setInterval(() => this.#tick(), TICK_MS);
    document.addEventListener('visibilitychange', () => this.#tick());
    this.#show();
    void this.#readiness.ask();
  }

  /** Presses Run on a block, in a new cluster if `fresh`. On a file: on the next step, which uses it. */
  press(id: string, fresh = false): void {
    const mode = this.#mode;
    const side = this.#sides[mode];
    const { blocks } = side.workspace;
    const target = blocks.slice(blocks.findIndex((block) => block.id === id)).find((block) => block.kind !== 'file')?.id;
    if (target === undefined) return;
    if (!side.press && this.#lives(side, target)) return void this.#stopBackground(side, target);
    if (side.press?.current === target || side.press?.target === target) return void side.press.stop();
    const { pending } = this.#readiness;
    if (pending) return void pending.then(() => this.press(id, fresh));
    const refusal = side.press ? BUSY_SENTENCE : this.#readiness.unmet;
    if (refusal === undefined) return this.#hold(side, target, (press) => press.run(fresh));
    side.views.get(target)?.whisper(refusal);
    tellStatus(refusal);
  }

  /** Whether a step's background program runs in the cluster that is there. */
  #lives({ workspace }: Side, id: string): boolean {
    return workspace.kept.done[id]?.location !== undefined && workspace.plan().states.get(id)?.state === 'done';
  }

  async #stopBackground({ workspace, views }: Side, id: string): Promise<void> {
    const location = workspace.kept.done[id]?.location;
    try {
      if (location !== undefined) await stopRun(location);
    } catch (cause) {
      if (!isRefusal(cause)) return tellStatus(`${whyNot(cause)} Nothing was stopped.`);
    }
    delete workspace.kept.done[id];
    workspace.save();
    views.get(id)?.clear();
    this.#redraw();
    tellStatus(`Stopped: ${this.#byId.get(id)?.title ?? ''}.`);
  }

  /** The reader shows intent: a cluster is claimed before the press. A refusal waits for the press itself to be told. */
  intend(): void {
    const { workspace, press } = this.#side;
    const hasOrGets = press !== undefined || workspace.kept.sandbox !== undefined || workspace.patience.isUnderWay;
    if (hasOrGets || !this.#readiness.isReady || performance.now() - this.#intendedMs < INTENT_AGAIN_MS) return;
    this.#intendedMs = performance.now();
    void workspace.claim().then(() => this.#redraw(), () => undefined);
  }

  /** Opens a block's editor, or closes it. */
  edit(id: string): void {
    this.#editors.toggle(id);
  }

  /** A block, with the text that is now in it. */
  block(id: string): Block | undefined {
    return this.#byId.get(id);
  }

  /** Lets a press hold its side until it is over. */
  #hold(side: Side, target: string, work: (press: Press) => Promise<void>): void {
    const press = new Press(target, {
      workspace: side.workspace,
      block: (id) => this.#byId.get(id),
      view: (id) => side.views.get(id)!,
      judge: side.judge,
      redraw: () => this.#redraw(),
      runAgain: (id, fresh) => this.press(id, fresh),
      resume: () => this.#resume(side),
      startsFresh: this.#startsFresh,
    });
    side.press = press;
    this.#redraw();
    side.over = work(press).then(() => {
      side.press = undefined;
      for (const view of side.views.values()) view.whisper('');
      this.#redraw();
      void side.workspace.look().then(() => this.#redraw(), () => undefined);
    });
  }

  #resume(side: Side): void {
    const target = side.workspace.kept.run?.steps.at(-1);
    if (target !== undefined && !side.press) this.#hold(side, target, (press) => press.resume());
  }

  /** Shows the mode that the page is in: how its cluster is, and a run that is still under way. */
  #show(): void {
    const side = this.#side;
    this.#redraw();
    if (side.press) return;
    if (side.workspace.kept.run) return this.#resume(side);
    const looks = Promise.all([side.workspace.look(), side.workspace.lookAtHoldings()]);
    void looks.then(() => this.#redraw(), () => undefined);
  }

  /** Minutes pass; a cluster may have run out of them. */
  #tick(): void {
    const { workspace, press } = this.#side;
    if (document.hidden) return;
    if (press || workspace.info === undefined || Date.now() < workspace.info.expiresAtMs) return this.#redraw();
    void workspace.look().then(() => {
      this.#redraw();
      if (workspace.lost !== undefined) tellStatus(`${workspace.lost} ${DATA_LOST}`);
    }, () => undefined);
  }

  async #reset(): Promise<void> {
    const { workspace, views, renewal, press, over } = this.#side;
    renewal.stop();
    await press?.stop();
    try {
      await workspace.reset();
    } catch (cause) {
      return tellStatus(`${whyNot(cause)} Nothing was reset.`);
    }
    await over;
    workspace.forget();
    for (const view of views.values()) view.clear();
    this.#redraw();
    tellStatus('Your cluster was reset. The next Run starts a new one.');
  }

  #redraw(): void {
    const { workspace, views, renewal, press } = this.#side;
    const plan = workspace.plan();
    for (const block of workspace.blocks) {
      const state = plan.states.get(block.id)!;
      const view = views.get(block.id)!;
      const isCurrent = press?.current === block.id || press?.target === block.id;
      // A failure that is shown says more than that the step was done once.
      const isStale = state.state === 'stale' && !press && !view.isEmpty && !view.hasFailed;
      view.setStale(isStale ? STALE_SENTENCES[state.reason] : undefined);
      block.mark({
        running: press?.current === block.id,
        done: state.state === 'done' && !view.hasFailed,
        stale: isStale,
        label: isCurrent || (!press && this.#lives(this.#side, block.id)) ? 'Stop' : runLabel(plan.send(block.id).length - 1),
        blocked: press && !isCurrent ? BUSY_SENTENCE : this.#readiness.blocked,
      });
    }
    this.#recordings.show(this.#readiness.whyRecorded);
    const { waits } = workspace.patience;
    const engine = workspace.info?.engine ?? this.#readiness.engine;
    // The page's head names the engine that runs, and none before one is known.
    if (this.#engine) this.#engine.textContent = engine ? engineName(engine) : '';
    this.#bar?.draw({
      engine,
      isBusy: press !== undefined,
      expiresAtMs: workspace.info?.expiresAtMs,
      hasCluster: workspace.kept.sandbox !== undefined,
      claim: waits ? waitSentence(...waits) : renewal.isUnderWay ? RENEWING_SENTENCE : workspace.problem,
      isRenewing: renewal.isUnderWay,
      lost: workspace.lost,
      off: this.#readiness.blocked,
      holdings: workspace.holdings,
      hasOthersWork: workspace.holdsOthersWork,
    });
  }
}
