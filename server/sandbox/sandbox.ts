import { randomBytes } from 'node:crypto';
import { isDrained } from '../cluster/drained-cluster.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { reportFailure, type LabelOf, type Report } from '../report.ts';
import type { Holdings, LostCause, Mode, SandboxInfo, Step, TablePage, TableQuery } from '../../shared/protocol.ts';
import type { TerminalEnd, TerminalOpening } from '../../shared/terminal-protocol.ts';
import { lostSentence } from '../../shared/sentences/lost-sentence.ts';
import type { ClusterContainer } from './cluster-container.ts';
import { KeptSessions } from './kept-sessions.ts';
import { Lifetime } from './lifetime.ts';
import { Presence } from './presence.ts';
import type { Run } from './run.ts';
import type { SandboxLimits } from './sandbox-limits.ts';
import { SandboxRuns } from './sandbox-runs.ts';
import { failureSentence } from '../sentences/run-sentences.ts';
import { TableReads } from './table-reads.ts';
import type { TerminalView, TerminalViewer } from './terminal.ts';
import { Terminals } from './terminals.ts';
import { TABLES_HELD } from '../sentences/database-sentences.ts';

/** The parts of a live sandbox, which are released when it is gone. */
interface Live {
  container: ClusterContainer;
  runs: SandboxRuns;
  reads: TableReads;
}

/**
 * A reader's sandbox: its container with a cluster, what was done in it, and why it ended. It closes itself when its
 * container or cluster is lost; `closing` resolves at any end. A sandbox that is gone keeps little more than the cause,
 * because it is remembered for a while.
 */
export class Sandbox {
  readonly id = randomBytes(12).toString('hex');
  readonly mode: Mode;
  /** Resolves to the cause when the sandbox begins to close. */
  readonly closing: Promise<LostCause>;
  readonly #beginClosing: (cause: LostCause) => void;
  readonly #engine: ClusterContainer['engine'];
  readonly #memoryBytes: number;
  /** Whether its reader has left it. */
  readonly presence = new Presence();
  readonly #lifetime: Lifetime;
  readonly #bornMs = performance.now();
  readonly #report: Report;
  readonly #sessions: KeptSessions;
  readonly #terminals: Terminals;
  #live: Live | undefined;
  #cause: LostCause | undefined;
  #hasReportedTables = false;
  /** When it will be ended although it is in use, epoch milliseconds: the server is leaving. */
  endsAtMs = Infinity;

  constructor(container: ClusterContainer, limits: SandboxLimits, report: Report = log) {
    this.mode = container.mode;
    this.#engine = container.engine;
    this.#memoryBytes = container.memoryBytes;
    this.#lifetime = new Lifetime(limits);
    this.#report = report;
    const closing = Promise.withResolvers<LostCause>();
    this.closing = closing.promise;
    this.#beginClosing = closing.resolve;
    this.#sessions = new KeptSessions(limits);
    this.#terminals = new Terminals(limits.terminalAwayMs, {
      onKeys: () => {
        this.#lifetime.use();
        this.presence.use();
      },
      whyLost: (failure) => this.#whyTerminalLost(failure),
    });
    this.#live = this.#liveParts(container, limits);
    // A failure also reaches the owner of the sandbox, which closes it on `closing`.
    void container.lost.then((cause) => this.close(cause)).catch(() => undefined);
  }

  /**
   * Makes the parts that are released at the end. Not done in the constructor: its functions outlive them, and each
   * would keep the container in memory.
   */
  #liveParts(container: ClusterContainer, limits: SandboxLimits): Live {
    const { cluster } = container;
    const shared = { container: container.container, cluster, limits, sessions: this.#sessions };
    return {
      container,
      runs: new SandboxRuns(shared, {
        onStepEnded: (run, step, outcome) => this.#report({ type: 'step-ended', outcome, ...run.labelOf(step) }),
        onStepsDone: (run) => this.#tellTables(run),
        onFailure: (run, cause) => this.#endFailedRun(run, cause),
        onOver: (run, tookMs) => {
          this.#lifetime.use();
          this.#report({ type: 'run-ended', reason: run.log.reason ?? 'server-failed', tookMs });
        },
      }),
      reads: new TableReads(cluster, {
        isInTransaction: () => this.#sessions.transactions.length > 0,
        explain: (cause) => this.#explainFailedRead(container, cause),
      }),
    };
  }

  /** Why it is gone; undefined while it is live. */
  get cause(): LostCause | undefined {
    return this.#cause;
  }

  /** When it will be removed if it stays unused, epoch milliseconds. */
  get expiresAtMs(): number {
    return Math.round(Date.now() + this.#lifetime.leftMs);
  }

  /** How many terminals are open in it. */
  get openTerminals(): number {
    return this.#terminals.count;
  }

  /** Returns the memory of its container, bytes; 0 when it is gone. */
  async usedBytes(): Promise<number> {
    return (await this.#live?.container.container.usage())?.memoryBytes ?? 0;
  }

  /** Whether its idle time or lifetime is over. A run in progress counts as use. */
  get isExpired(): boolean {
    if (this.#live?.runs.isRunning) {
      this.#lifetime.use();
      this.presence.postpone();
    }
    return this.#lifetime.leftMs <= 0;
  }

  /** Returns its state for the API. */
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
      expiresAtMs: Math.min(this.expiresAtMs, this.endsAtMs),
      ...(this.#cause ? { cause: this.#cause, memoryBytes: this.#memoryBytes } : {}),
    };
  }

  /**
   * Lets the interpreter import these modules in advance, so that programs that use them start faster. A failure is
   * reported and has no other effect.
   */
  async preload(modules: string[]): Promise<void> {
    if (modules.length === 0) return;
    await this.#alive()
      .container.container.preload(modules)
      .catch((cause: unknown) => {
        if (!this.#cause) reportFailure(this.#report, cause, `sandbox ${this.id}`);
      });
  }

  /**
   * Starts a run of these steps, counted by their labels. Throws AppError `busy` while another is in progress, and
   * `gone`.
   */
  start(steps: Step[], labelOf?: LabelOf): Run {
    const { runs } = this.#alive();
    const run = runs.start(steps, labelOf);
    this.#lifetime.use();
    return run;
  }

  /** Returns the kept run with that id, or undefined. Throws AppError `gone`. */
  run(id: string): Run | undefined {
    return this.#alive().runs.find(id);
  }

  /** Stops a run; see `SandboxRuns.stop`. Throws AppError `gone`. */
  stop(id: string): boolean {
    return this.#alive().runs.stop(id);
  }

  /** Shows a terminal to a page; typing counts as use. Throws AppError `gone` and the errors of `Terminals.watch`. */
  async watchTerminal(number: number, opening: TerminalOpening, viewer: TerminalViewer): Promise<TerminalView> {
    const { container } = this.#alive();
    this.#lifetime.use();
    return await this.#terminals.watch(container.container, number, opening, viewer);
  }

  /** Ends a terminal and everything that runs in it. Returns false when there is none. Throws AppError `gone`. */
  closeTerminal(number: number): boolean {
    this.#alive();
    return this.#terminals.close(number);
  }

  /** Ends the SQL sessions of that name that no run is using. Returns false when none was ended. */
  endSession(name: string): boolean {
    this.#alive();
    this.#lifetime.use();
    return this.#sessions.end(name, 'ended-by-reader');
  }

  /** Returns the tables of the reader's databases. Throws AppError `gone`, or `busy` when the cluster is too slow. */
  async tables(): Promise<Holdings> {
    const { reads } = this.#alive();
    this.#lifetime.use();
    return await reads.sharedTables();
  }

  /** Returns some rows of a table. Throws the errors of `tables` and `TableReads.page`. */
  async table(query: TableQuery, unwanted?: AbortSignal): Promise<TablePage> {
    const { reads } = this.#alive();
    this.#lifetime.use();
    return await reads.page(query, unwanted);
  }

  /** Ends it and everything that runs in it. The first cause wins. Idempotent: a second call waits for the first. */
  async close(cause: LostCause): Promise<void> {
    if (!this.#cause) {
      this.#cause = cause;
      this.#report({ type: 'sandbox-ended', mode: this.mode, cause, livedMs: performance.now() - this.#bornMs });
    }
    this.#beginClosing(this.#cause);
    const sentence = lostSentence(this.#cause, this.#memoryBytes);
    this.#live?.runs.lose(sentence);
    this.#sessions.close();
    this.#terminals.end({ reason: 'lost', message: sentence });
    await this.#live?.container.dispose();
    this.#live = undefined;
  }

  /** Returns the live parts. Throws AppError `gone` with the reason when there are none. */
  #alive(): Live {
    if (this.#cause || !this.#live) throw this.#gone();
    return this.#live;
  }

  #gone(): AppError {
    return new AppError('gone', lostSentence(this.#cause ?? 'reset', this.#memoryBytes));
  }

  /** Ends a run that failed. If the container is ending, that is the cause, and the sandbox is closed. */
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

  /** Adds the databases' tables to a run's log. Closes the sandbox when its cluster no longer accepts clients. */
  async #tellTables(run: Run): Promise<void> {
    const live = this.#live;
    if (!live) return;
    try {
      run.log.add({ type: 'tables', ...(await live.reads.tables()) });
    } catch (cause) {
      await this.#closeIfLost(live.container, cause);
      if (this.#cause || this.#hasReportedTables || this.#sessions.transactions.length > 0) return;
      // Reported once per sandbox, because readers can cause it at will; but it may also be a bug on our side.
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

  /** Closes the sandbox when the failure means that the cluster has ended or no longer accepts clients. */
  async #closeIfLost(container: ClusterContainer, failure: unknown): Promise<void> {
    const drained = await isDrained(container.cluster, failure);
    // An engine that has ended accepts no clients either, but that is the more precise cause.
    const ended = await container.lostSoon();
    if (ended || drained) await this.close(ended ?? 'drained');
  }

  /** Reports a failure on our side. Returns the sentence for the reader. */
  #failureOnOurSide(cause: unknown, about: string): string {
    return failureSentence(cause, reportFailure(this.#report, cause, about));
  }
}
