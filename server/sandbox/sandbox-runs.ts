import { randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { Step } from '../../shared/protocol.ts';
import { BackgroundPrograms } from './background-programs.ts';
import { Run } from './run.ts';
import type { StepContext } from './step-context.ts';
import { RUN_UNDER_WAY } from '../sentences/run-sentences.ts';

/** Runs whose events are kept, so that a page that lost its connection can read them again. */
const KEPT_RUNS = 3;
/** Steps that are remembered as done: far more than a page has, for ids are as long and as many as a client likes. */
const KEPT_DONE = 256;

/** What the runs of a sandbox share. */
export type RunSurroundings = Pick<StepContext, 'container' | 'cluster' | 'limits' | 'sessions'>;

/** What happens around a run's steps. */
export interface RunListener {
  /** All steps that will be done are done; the run's log is open for last events. */
  onStepsDone(run: Run): Promise<void>;
  /** A run broke off, by no fault of the reader's; ends its log. */
  onFailure(run: Run, cause: unknown): Promise<void>;
  /** A run is over. */
  onOver(): void;
}

/** The runs of one sandbox: one at a time, the last few kept; what they did, and the programs that outlive them. */
export class SandboxRuns {
  readonly #surroundings: RunSurroundings;
  readonly #listener: RunListener;
  readonly #backgroundPrograms = new BackgroundPrograms();
  #runs: Run[] = [];
  #current: Run | undefined;
  #done: string[] = [];

  constructor(surroundings: RunSurroundings, listener: RunListener) {
    this.#surroundings = surroundings;
    this.#listener = listener;
  }

  get isRunning(): boolean {
    return this.#current !== undefined;
  }

  /** Ids of the steps that were done, in the order in which they were. */
  get done(): readonly string[] {
    return this.#done;
  }

  /** Starts a run of these steps. Throws AppError `busy` while another is under way. */
  start(steps: Step[]): Run {
    if (this.#current) throw new AppError('busy', RUN_UNDER_WAY);
    const run = new Run(randomBytes(8).toString('hex'));
    this.#current = run;
    this.#runs = [...this.#kept(), run];
    void this.#conduct(run, steps);
    return run;
  }

  /** Returns a kept run, undefined when there is none of that id. */
  find(id: string): Run | undefined {
    return this.#runs.find((run) => run.id === id);
  }

  /**
   * Stops a run; of one that has ended, and may long be forgotten, its background programs. False when there is
   * neither.
   */
  stop(id: string): boolean {
    const run = this.find(id);
    if (!run?.log.ended) run?.stop();
    return this.#backgroundPrograms.stopRun(id) || run !== undefined;
  }

  /** Ends the run under way as lost, with that sentence, and forgets all. Idempotent. */
  lose(sentence: string): void {
    this.#current?.log.end('lost', sentence);
    this.#current?.stop();
    this.#runs = [];
    this.#done = [];
  }

  /** The runs that are kept next to a new one: the last few, as long as they take no more than one may print. */
  #kept(): Run[] {
    let leftBytes = this.#surroundings.limits.outputBytes;
    const runs = this.#runs.slice(1 - KEPT_RUNS);
    const tooMany = runs.findLastIndex(({ log }) => (leftBytes -= log.keptBytes) < 0);
    return runs.slice(tooMany + 1);
  }

  async #conduct(run: Run, steps: Step[]): Promise<void> {
    const context = { ...this.#surroundings, backgroundPrograms: this.#backgroundPrograms };
    context.sessions.beginRun(steps);
    try {
      const ending = await run.execute(steps, context, ({ id }) => {
        this.#done = [...this.#done.filter((each) => each !== id), id].slice(-KEPT_DONE);
      });
      await this.#listener.onStepsDone(run);
      run.log.end(ending.reason, ending.message);
    } catch (cause) {
      await this.#listener.onFailure(run, cause);
    } finally {
      this.#current = undefined;
      this.#listener.onOver();
    }
  }
}
