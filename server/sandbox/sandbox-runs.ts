import { randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { Step } from '../../shared/protocol.ts';
import type { LabelOf, StepOutcome } from '../report.ts';
import { BackgroundPrograms } from './background-programs.ts';
import { KeptShells } from './kept-shells.ts';
import { Run } from './run.ts';
import type { StepContext } from './step-context.ts';
import { RUN_UNDER_WAY } from '../sentences/run-sentences.ts';

/** How many runs are kept, so that a page that lost its connection can read their events again. */
const KEPT_RUNS = 3;
/** How many steps are remembered as done: far more than a page has, but limited, because clients can send any ids. */
const KEPT_DONE = 256;

/** What the runs of a sandbox share. */
export type SharedContext = Pick<StepContext, 'container' | 'cluster' | 'limits' | 'sessions'>;

/** Callbacks around the steps of a run. */
export interface RunListener {
  /** A step with that id has ended. */
  onStepEnded(run: Run, step: string, outcome: StepOutcome): void;
  /** The last step has ended; the run's log is still open for further events. */
  onStepsDone(run: Run): Promise<void>;
  /** A run has failed on our side. Must end its log. */
  onFailure(run: Run, cause: unknown): Promise<void>;
  /** A run has ended, after that time. */
  onOver(run: Run, tookMs: number): void;
}

/** The runs of one sandbox, one at a time: keeps the last few, the steps that were done, and background programs. */
export class SandboxRuns {
  readonly #shared: SharedContext;
  readonly #listener: RunListener;
  readonly #backgroundPrograms = new BackgroundPrograms();
  readonly #shells = new KeptShells();
  #runs: Run[] = [];
  #current: Run | undefined;
  #done: string[] = [];

  constructor(shared: SharedContext, listener: RunListener) {
    this.#shared = shared;
    this.#listener = listener;
  }

  get isRunning(): boolean {
    return this.#current !== undefined;
  }

  /** The ids of the steps that were done, in that order. */
  get done(): readonly string[] {
    return this.#done;
  }

  /** Starts a run of these steps. Throws AppError `busy` while another is in progress. */
  start(steps: Step[], labelOf?: LabelOf): Run {
    if (this.#current) throw new AppError('busy', RUN_UNDER_WAY);
    const run = new Run(randomBytes(8).toString('hex'), labelOf);
    this.#current = run;
    this.#runs = [...this.#kept(), run];
    void this.#conduct(run, steps);
    return run;
  }

  /** Returns the kept run with that id, or undefined. */
  find(id: string): Run | undefined {
    return this.#runs.find((run) => run.id === id);
  }

  /**
   * Stops a run. If it has already ended, ends its background programs, even when the run is no longer kept. Returns
   * false when there is neither.
   */
  stop(id: string): boolean {
    const run = this.find(id);
    if (!run?.log.ended) run?.stop();
    return this.#backgroundPrograms.stopRun(id) || run !== undefined;
  }

  /** Ends the current run as lost, with that sentence, and drops all others. Idempotent. */
  lose(sentence: string): void {
    this.#current?.log.end('lost', sentence);
    this.#current?.stop();
    this.#runs = [];
    this.#done = [];
  }

  /** Returns the runs to keep when a new one starts: the last few whose memory is below the output limit of one run. */
  #kept(): Run[] {
    let leftBytes = this.#shared.limits.outputBytes;
    const runs = this.#runs.slice(1 - KEPT_RUNS);
    const tooMany = runs.findLastIndex(({ log }) => (leftBytes -= log.keptBytes) < 0);
    return runs.slice(tooMany + 1);
  }

  async #conduct(run: Run, steps: Step[]): Promise<void> {
    const context = { ...this.#shared, backgroundPrograms: this.#backgroundPrograms, shells: this.#shells };
    const beginMs = performance.now();
    try {
      context.shells.beginRun(steps);
      await context.sessions.beginRun(steps);
      const ending = await run.execute(steps, context, ({ id }, outcome) => {
        // When the sandbox is lost, its last step is stopped.
        this.#listener.onStepEnded(run, id, run.log.reason === 'lost' ? 'lost' : outcome);
        if (outcome === 'done') this.#done = [...this.#done.filter((each) => each !== id), id].slice(-KEPT_DONE);
      });
      await this.#listener.onStepsDone(run);
      run.log.end(ending.reason, ending.message);
    } catch (cause) {
      await this.#listener.onFailure(run, cause);
      const outcome = run.log.reason === 'lost' ? 'lost' : 'server-failed';
      if (run.underWay !== undefined) this.#listener.onStepEnded(run, run.underWay, outcome);
    } finally {
      this.#current = undefined;
      this.#listener.onOver(run, performance.now() - beginMs);
    }
  }
}
