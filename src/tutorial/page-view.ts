import { engineName } from '../engine-version.ts';
import type { Block, BlockState } from '../runner/step/block.ts';
import type { ClusterBar } from './bar/cluster-bar.ts';
import type { Plan } from '../runner/step/plan.ts';
import type { Readiness } from './readiness.ts';
import type { RecordedOutput } from './recorded-output.ts';
import type { SectionProgress } from './section-progress.ts';
import { BUSY_SENTENCE, RENEWING_SENTENCE, STALE_SENTENCES } from '../sentences/cluster-sentences.ts';
import type { ModeRunner } from '../runner/run/mode-runner.ts';

/** Draws the state of the page: its blocks, the reader's progress, and the bar. */
export class PageView {
  readonly #readiness: Readiness;
  readonly #bar: ClusterBar | undefined;
  readonly #sections: SectionProgress;
  readonly #recordings: RecordedOutput;
  readonly #engine = document.querySelector('[data-engine]');

  constructor(
    readiness: Readiness,
    bar: ClusterBar | undefined,
    sections: SectionProgress,
    recordings: RecordedOutput,
  ) {
    this.#readiness = readiness;
    this.#bar = bar;
    this.#sections = sections;
    this.#recordings = recordings;
  }

  /** `runner` is the mode that is shown; `told` is a temporary sentence for the bar. */
  draw(runner: ModeRunner, hidden: ModeRunner, told: string | undefined): void {
    // A transaction may have been opened on another page.
    if (runner.workspace.info?.transactions) void runner.equip().catch(() => undefined);
    runner.transactions?.take();
    const plan = runner.workspace.plan();
    const { blocks } = runner.workspace;
    const states = new Map(blocks.map((block) => [block, this.#drawResult(block, runner, plan)]));
    const next = runner.press
      ? undefined
      : blocks.find((block) => block.kind !== 'file' && states.get(block) !== 'done');
    for (const [index, block] of blocks.entries())
      this.#mark(block, index + 1, states.get(block)!, block === next, runner, plan);
    this.#sections.draw(states);
    // Not during a run: its results matter more than recordings, and nothing should unfold while the reader waits.
    if (!runner.press) this.#recordings.show(this.#readiness.doubt?.clause);
    this.#drawBar(runner, hidden, told);
  }

  #drawResult(block: Block, { press, views, workspace }: ModeRunner, plan: Plan): BlockState {
    const state = plan.states.get(block.id)!;
    const view = views.get(block.id);
    const isStale =
      state.state === 'stale' && press?.current !== block.id && !press?.isWaiting(block.id) && view?.isEmpty === false;
    view?.setStale(isStale && state.state === 'stale' ? STALE_SENTENCES[state.reason] : undefined);
    if (press?.current === block.id && workspace.kept.run) return 'running';
    if (press?.isWaiting(block.id)) return 'waiting';
    if (state.state === 'stale') return isStale ? 'stale' : 'idle';
    return state.state === 'not-run' ? 'idle' : state.state;
  }

  #mark(block: Block, number: number, state: BlockState, isNext: boolean, runner: ModeRunner, plan: Plan): void {
    const { press } = runner;
    const target = runner.targetOf(block.id);
    const isCurrent =
      press !== undefined && [block.id, target].some((id) => id === press.current || id === press.target);
    const does = isCurrent || (!press && runner.lives(block.id)) ? 'stop' : 'run';
    const sent = target === undefined ? [] : plan.send(target).slice(0, -1);
    // On a file's own block, the file itself is not an earlier step.
    const earlier = runner.workspace.blocks
      .filter(({ id }) => id !== block.id && sent.includes(id))
      .map(({ title }) => title);
    block.mark({
      state,
      isNext,
      does,
      number,
      earlier,
      blocked: press && !isCurrent ? BUSY_SENTENCE : this.#readiness.blocked?.sentence,
    });
  }

  #drawBar(
    { workspace, renewal, press, transactions }: ModeRunner,
    hidden: ModeRunner,
    told: string | undefined,
  ): void {
    const { waits } = workspace.patience;
    const engine = workspace.info?.engine ?? this.#readiness.engine;
    // The page's header names the engine once it is known.
    if (this.#engine) this.#engine.textContent = engine ? engineName(engine) : '';
    this.#bar?.draw({
      engine,
      isBusy: press !== undefined,
      expiresAtMs: workspace.info?.expiresAtMs,
      hasCluster: workspace.kept.sandbox !== undefined,
      sandbox: workspace.kept.sandbox,
      claim: waits ?? (renewal?.isUnderWay ? RENEWING_SENTENCE : workspace.problem),
      isRenewing: renewal?.isUnderWay === true,
      lost: workspace.lost,
      // A run under way notices by itself when the server is away.
      off: press ? this.#readiness.blocked : this.#readiness.doubt,
      holdings: workspace.holdings,
      hasOthersWork: workspace.holdsOthersWork,
      leaving: this.#readiness.leaving,
      transaction: transactions?.words,
      told,
      progress: press?.progress,
      elsewhere: hidden.press && { mode: hidden.mode, progress: hidden.press.progress },
    });
  }
}
