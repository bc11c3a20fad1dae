import { randomBytes } from 'node:crypto';
import { readTables } from '../cluster/tables.ts';
import { SqlError } from '../cluster/sql-session.ts';
import { AppError } from '../errors.ts';
import type { LostCause, Mode, SandboxInfo, Step } from '../protocol.ts';
import { Backgrounds } from './background.ts';
import type { RunLimits } from './limits.ts';
import { lostSentence } from './lost-sentence.ts';
import type { Place } from './place.ts';
import { Run } from './run.ts';

/** Runs whose events are kept, so that a page that lost its connection can read them again. */
const KEPT_RUNS = 3;
const TABLES_MS = 3000;

/** A reader's sandbox: a place with a cluster, what was done in it, and how it ends. */
export class Sandbox {
  readonly id = randomBytes(12).toString('hex');
  readonly mode: Mode;
  readonly #place: Place;
  readonly #limits: RunLimits & { idleMs: number; lifeMs: number };
  readonly #backgrounds = new Backgrounds();
  readonly #bornMs = Date.now();
  #usedMs = Date.now();
  #done: string[] = [];
  #runs: Run[] = [];
  #current: Run | undefined;
  #reading: ReturnType<typeof readTables> | undefined;
  #cause: LostCause | undefined;

  constructor(place: Place, limits: RunLimits & { idleMs: number; lifeMs: number }) {
    this.mode = place.mode;
    this.#place = place;
    this.#limits = limits;
    // Whoever holds this one in its table closes it too, and hears why that failed.
    void place.lost.then((cause) => this.close(cause)).catch(() => undefined);
  }

  get cause(): LostCause | undefined {
    return this.#cause;
  }

  get expiresAtMs(): number {
    return Math.min(this.#usedMs + this.#limits.idleMs, this.#bornMs + this.#limits.lifeMs);
  }

  /** Over its idle or life time. A run in progress counts as use. */
  isExpired(nowMs: number): boolean {
    if (this.#current) this.#usedMs = nowMs;
    return nowMs >= this.expiresAtMs;
  }

  info(): SandboxInfo {
    return {
      id: this.id,
      mode: this.mode,
      state: this.#cause ? 'gone' : this.#current ? 'running' : 'ready',
      engine: this.#place.engine,
      done: [...this.#done],
      expiresAtMs: this.expiresAtMs,
      ...(this.#cause ? { cause: this.#cause } : {}),
    };
  }

  /** Has the interpreter import these modules, so that programs which use them start at once. */
  async preload(modules: string[]): Promise<void> {
    if (modules.length > 0) await this.#place.container.preload(modules);
  }

  /** Starts a run of these steps. Throws AppError `busy` while another is under way, `gone` when the sandbox is no more. */
  start(steps: Step[]): Run {
    if (this.#cause) throw new AppError('gone', lostSentence(this.#cause, this.#place.memoryBytes));
    if (this.#current) throw new AppError('busy', 'Another run is under way in this sandbox: stop it, or wait for its end.');
    this.#usedMs = Date.now();
    const run = new Run(randomBytes(8).toString('hex'));
    this.#current = run;
    this.#runs = [...this.#runs.slice(1 - KEPT_RUNS), run];
    void this.#conduct(run, steps);
    return run;
  }

  /** A kept run, or undefined. */
  run(id: string): Run | undefined {
    return this.#runs.find((run) => run.id === id);
  }

  /** Stops a run; one that has ended, its background programs. */
  stop(run: Run): void {
    if (run.log.ended) this.#backgrounds.stopRun(run.id);
    else run.stop();
  }

  /** The tables of the reader's databases. Throws AppError `gone`, or `sandbox-lost` when the cluster does not answer. */
  async tables(): ReturnType<typeof readTables> {
    if (this.#cause) throw new AppError('gone', lostSentence(this.#cause, this.#place.memoryBytes));
    this.#usedMs = Date.now();
    try {
      // One reading, however many ask for it.
      this.#reading ??= this.#readTables().finally(() => {
        this.#reading = undefined;
      });
      return await this.#reading;
    } catch (cause) {
      throw new AppError('sandbox-lost', 'The cluster did not give its tables: a statement may be holding them.', { cause });
    }
  }

  /** Ends it, and what runs in it. The first cause wins. Idempotent. */
  async close(cause: LostCause): Promise<void> {
    this.#cause ??= cause;
    const run = this.#current;
    run?.log.end('lost', lostSentence(this.#cause, this.#place.memoryBytes));
    run?.stop();
    await this.#place.dispose();
  }

  async #conduct(run: Run, steps: Step[]): Promise<void> {
    const { container, cluster } = this.#place;
    const context = { container, cluster, limits: this.#limits, backgrounds: this.#backgrounds };
    try {
      const ending = await run.execute(steps, context, (step) => {
        this.#done = [...this.#done.filter((id) => id !== step.id), step.id];
      });
      await this.#lookAtCluster(run);
      run.log.end(ending.reason, ending.message);
    } catch (cause) {
      // The place may be on its way out: its own cause says more than whatever failed because of it.
      const lost = await this.#place.lostSoon();
      if (!lost) console.error(`run ${run.id} of sandbox ${this.id} failed:`, cause);
      await this.close(lost ?? 'agent-lost').catch(() => undefined);
    } finally {
      this.#current = undefined;
      this.#usedMs = Date.now();
    }
  }

  /** Gives up in time, and lets go of what it holds then: a statement of the reader's may lock the tables for ever. */
  #readTables(): ReturnType<typeof readTables> {
    return readTables(this.#place.cluster, AbortSignal.timeout(TABLES_MS));
  }

  /** Tells the page what the databases hold now; notices a cluster that takes no more clients. */
  async #lookAtCluster(run: Run): Promise<void> {
    try {
      run.log.add({ type: 'tables', tables: await this.#readTables() });
    } catch (cause) {
      if (cause instanceof SqlError && /not accepting clients|shutting down/.test(cause.message)) return await this.close('drained');
      const lost = await this.#place.lostSoon();
      if (lost) await this.close(lost);
    }
  }
}
