import { randomBytes } from 'node:crypto';
import { isDrained } from '../cluster/drained-cluster.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { reportFailure, type Report } from '../report.ts';
import type {
  Holdings,
  LostCause,
  Mode,
  SandboxInfo,
  Step,
  TablePage,
  TableQuery,
  TerminalEnd,
  TerminalOpening,
} from '../../shared/protocol.ts';
import { lostSentence } from '../../shared/sentences/lost-sentence.ts';
import type { ClusterContainer } from './cluster-container.ts';
import { KeptSessions } from './kept-sessions.ts';
import type { Run } from './run.ts';
import type { SandboxLimits } from './sandbox-limits.ts';
import { SandboxRuns } from './sandbox-runs.ts';
import { failureSentence } from '../sentences/run-sentences.ts';
import { TableReads } from './table-reads.ts';
import type { TerminalView, TerminalViewer } from './terminal.ts';
import { Terminals } from './terminals.ts';
import { TABLES_HELD } from '../sentences/database-sentences.ts';

/** All that a live sandbox has; a sandbox that is gone holds none of it. */
interface Live {
  container: ClusterContainer;
  runs: SandboxRuns;
  reads: TableReads;
}

/**
 * A reader's sandbox: its container with a cluster, what was done in it, and how it ends. It alone notices that its
 * container or cluster is lost, and closes itself then; whoever holds it hears of any end through `closing`. When it is
 * gone it holds little more than why, for it is remembered longer than it lived.
 */
export class Sandbox {
  readonly id = randomBytes(12).toString('hex');
  readonly mode: Mode;
  /** Settles with the cause when it begins to close. */
  readonly closing: Promise<LostCause>;
  readonly #beginClosing: (cause: LostCause) => void;
  readonly #engine: ClusterContainer['engine'];
  readonly #memoryBytes: number;
  readonly #limits: SandboxLimits;
  readonly #report: Report;
  readonly #sessions: KeptSessions;
  readonly #terminals: Terminals;
  #live: Live | undefined;
  readonly #bornMs = Date.now();
  #usedMs = Date.now();
  #cause: LostCause | undefined;
  #hasReportedTables = false;

  constructor(container: ClusterContainer, limits: SandboxLimits, report: Report = log) {
    this.mode = container.mode;
    this.#engine = container.engine;
    this.#memoryBytes = container.memoryBytes;
    this.#limits = limits;
    this.#report = report;
    const closing = Promise.withResolvers<LostCause>();
    this.closing = closing.promise;
    this.#beginClosing = closing.resolve;
    this.#sessions = new KeptSessions(limits);
    this.#terminals = new Terminals(limits.terminalAwayMs, {
      onKeys: () => this.#use(),
      whyLost: (failure) => this.#whyTerminalLost(failure),
    });
    const { cluster } = container;
    const surroundings = { container: container.container, cluster, limits, sessions: this.#sessions };
    this.#live = {
      container,
      runs: new SandboxRuns(surroundings, {
        onStepsDone: (run) => this.#tellTables(run),
        onFailure: (run, cause) => this.#endFailedRun(run, cause),
        onOver: () => this.#use(),
      }),
      reads: new TableReads(cluster, {
        isInTransaction: () => this.#sessions.transactions.length > 0,
        explain: (cause) => this.#explainFailedRead(container, cause),
      }),
    };
    // Whoever holds it hears why that failed.
    void container.lost.then((cause) => this.close(cause)).catch(() => undefined);
  }

  /** Why it is gone; undefined while it lives. */
  get cause(): LostCause | undefined {
    return this.#cause;
  }

  /** When it will be removed if nothing happens, epoch milliseconds. */
  get expiresAtMs(): number {
    return Math.min(this.#usedMs + this.#limits.idleMs, this.#bornMs + this.#limits.lifeMs);
  }

  /** Over its idle or life time. A run in progress counts as use. */
  isExpired(nowMs: number): boolean {
    if (this.#live?.runs.isRunning) this.#usedMs = nowMs;
    return nowMs >= this.expiresAtMs;
  }

  /** What the wire tells of it. */
  info(): SandboxInfo {
    const { transactions, undone } = this.#sessions;
    const { done = [], isRunning = false } = this.#live?.runs ?? {};
    const doneAndUndone = undone.filter((id) => done.includes(id));
    return {
      id: this.id,
      mode: this.mode,
      state: this.#cause ? 'gone' : isRunning ? 'running' : 'ready',
      engine: this.#engine,
      done: [...done],
      ...(doneAndUndone.length > 0 ? { undone: doneAndUndone } : {}),
      ...(transactions.length > 0 ? { transactions } : {}),
      expiresAtMs: this.expiresAtMs,
      ...(this.#cause ? { cause: this.#cause, memoryBytes: this.#memoryBytes } : {}),
    };
  }

  /**
   * Has the interpreter import these modules, so that programs which use them start at once. Where that fails they
   * start later.
   */
  async preload(modules: string[]): Promise<void> {
    if (modules.length === 0) return;
    await this.#alive()
      .container.container.preload(modules)
      .catch((cause: unknown) => {
        if (!this.#cause) reportFailure(this.#report, cause, `sandbox ${this.id}`);
      });
  }

  /** Starts a run of these steps. Throws AppError `busy` while another is under way, `gone` when the sandbox is. */
  start(steps: Step[]): Run {
    const { runs } = this.#alive();
    const run = runs.start(steps);
    this.#use();
    return run;
  }

  /** Returns a kept run, or undefined. Throws AppError `gone` when the sandbox is, with all that was printed in it. */
  run(id: string): Run | undefined {
    return this.#alive().runs.find(id);
  }

  /** Stops a run, as `SandboxRuns.stop`. Throws AppError `gone`. */
  stop(id: string): boolean {
    return this.#alive().runs.stop(id);
  }

  /** Shows a terminal to a page; what is typed counts as use. Throws AppError `gone`, and as `Terminals.watch` does. */
  async watchTerminal(number: number, opening: TerminalOpening, viewer: TerminalViewer): Promise<TerminalView> {
    const { container } = this.#alive();
    this.#use();
    return await this.#terminals.watch(container.container, number, opening, viewer);
  }

  /** Ends a terminal, with what runs in it. False when there is none. Throws AppError `gone`. */
  closeTerminal(number: number): boolean {
    this.#alive();
    return this.#terminals.close(number);
  }

  /** Ends the SQL sessions of that name, unless a run is in one of them: false when none was ended. */
  endSession(name: string): boolean {
    this.#alive();
    this.#use();
    return this.#sessions.end(name, 'ended-by-reader');
  }

  /** The tables of the reader's databases. Throws AppError `gone`, or `busy` when the cluster is too slow. */
  async tables(): Promise<Holdings> {
    const { reads } = this.#alive();
    this.#use();
    return await reads.sharedTables();
  }

  /** Some rows of a table. Throws as `tables` and as `TableReads.page` do. */
  async table(query: TableQuery, unwanted?: AbortSignal): Promise<TablePage> {
    const { reads } = this.#alive();
    this.#use();
    return await reads.page(query, unwanted);
  }

  /** Ends it, and what runs in it. The first cause wins. Idempotent: a second call waits for the first. */
  async close(cause: LostCause): Promise<void> {
    this.#cause ??= cause;
    this.#beginClosing(this.#cause);
    const sentence = lostSentence(this.#cause, this.#memoryBytes);
    this.#live?.runs.lose(sentence);
    this.#sessions.close();
    this.#terminals.end({ reason: 'lost', message: sentence });
    await this.#live?.container.dispose();
    this.#live = undefined;
  }

  #use(): void {
    this.#usedMs = Date.now();
  }

  /** Throws AppError `gone` with the reason when it is no longer alive. */
  #alive(): Live {
    if (this.#cause || !this.#live) throw this.#gone();
    return this.#live;
  }

  #gone(): AppError {
    return new AppError('gone', lostSentence(this.#cause ?? 'reset', this.#memoryBytes));
  }

  /** The container may be on its way out: its own cause says more than whatever failed because of it. */
  async #endFailedRun(run: Run, cause: unknown): Promise<void> {
    const lost = this.#cause ?? (await this.#live?.container.lostSoon());
    if (lost) await this.close(lost).catch(() => undefined);
    else run.log.end('server-failed', this.#failureOnOurSide(cause, `run ${run.id} of sandbox ${this.id}`));
  }

  async #whyTerminalLost(failure: unknown): Promise<TerminalEnd> {
    const lost = this.#cause ?? (await this.#live?.container.lostSoon());
    if (lost) return { reason: 'lost', message: lostSentence(lost, this.#memoryBytes) };
    return { reason: 'refused', message: this.#failureOnOurSide(failure, `a terminal of sandbox ${this.id}`) };
  }

  /** Tells the page what the databases hold now; notices a cluster that takes no more clients. */
  async #tellTables(run: Run): Promise<void> {
    const live = this.#live;
    if (!live) return;
    try {
      run.log.add({ type: 'tables', ...(await live.reads.tables()) });
    } catch (cause) {
      await this.#closeIfLost(live.container, cause);
      if (this.#cause || this.#hasReportedTables || this.#sessions.transactions.length > 0) return;
      // Once: readers can bring it about, as often as they like. But the database may also answer otherwise than we
      // expect.
      this.#hasReportedTables = true;
      this.#report({ type: 'tables-unreadable', sandbox: this.id, cause });
    }
  }

  async #explainFailedRead(container: ClusterContainer, cause: unknown): Promise<never> {
    if (this.#cause) throw this.#gone();
    if (cause instanceof AppError) throw cause;
    await this.#closeIfLost(container, cause);
    this.#alive();
    throw new AppError('busy', TABLES_HELD, { cause });
  }

  /** Closes it when what failed did so because the cluster is gone, or takes no more clients. */
  async #closeIfLost(container: ClusterContainer, failure: unknown): Promise<void> {
    const drained = await isDrained(container.cluster, failure);
    // An engine that ended takes no clients either, and that says more.
    const ended = await container.lostSoon();
    if (ended || drained) await this.close(ended ?? 'drained');
  }

  /** Returns what a reader is told of a failure that is not theirs, and reports its cause. */
  #failureOnOurSide(cause: unknown, about: string): string {
    return failureSentence(cause, reportFailure(this.#report, cause, about));
  }
}
