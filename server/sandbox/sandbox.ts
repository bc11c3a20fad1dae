import { randomBytes } from 'node:crypto';
import { isDrained } from '../cluster/drained-cluster.ts';
import { readTablePage } from '../cluster/table-page.ts';
import { readTables } from '../cluster/tables.ts';
import { AppError } from '../errors.ts';
import { logFailure } from '../failure-log.ts';
import type {
  EngineInfo,
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
import { BackgroundPrograms } from './background-programs.ts';
import type { SandboxLimits } from './sandbox-limits.ts';
import { lostSentence } from './lost-sentence.ts';
import type { ClusterContainer } from './cluster-container.ts';
import { Run } from './run.ts';
import { KeptSessions } from './kept-sessions.ts';
import type { TerminalView, TerminalViewer } from './terminal.ts';
import { Terminals } from './terminals.ts';

/** Runs whose events are kept, so that a page that lost its connection can read them again. */
const KEPT_RUNS = 3;
/** Steps that are remembered as done: far more than a page has, for ids are as long and as many as a client likes. */
const KEPT_DONE = 256;
const TABLES_MS = 3000;
/** Beside an open transaction: CockroachDB's readers wait for what it has written. */
const TABLES_BESIDE_MS = 1000;

/** Reads something from the cluster, until told to let go. */
type Look<T> = (cluster: ClusterContainer['cluster'], signal: AbortSignal) => Promise<T>;

/**
 * A reader's sandbox: a place with a cluster, what was done in it, and how it ends. When it is gone it holds little
 * more than why, for it is remembered longer than it lived: neither the place nor what its runs printed.
 */
export class Sandbox {
  readonly id = randomBytes(12).toString('hex');
  readonly mode: Mode;
  readonly #engine: EngineInfo;
  readonly #memoryBytes: number;
  #place: ClusterContainer | undefined;
  readonly #limits: SandboxLimits;
  readonly #backgroundPrograms = new BackgroundPrograms();
  readonly #sessions: KeptSessions;
  readonly #terminals: Terminals;
  readonly #bornMs = Date.now();
  #usedMs = Date.now();
  #done: string[] = [];
  #runs: Run[] = [];
  #current: Run | undefined;
  #reading: Promise<Holdings> | undefined;
  /** The last page of a table that was asked for: pages are read one after the other. */
  #page: Promise<unknown> = Promise.resolve();
  #cause: LostCause | undefined;
  #hasToldOfTables = false;

  constructor(place: ClusterContainer, limits: SandboxLimits) {
    this.mode = place.mode;
    this.#engine = place.engine;
    this.#memoryBytes = place.memoryBytes;
    this.#place = place;
    this.#limits = limits;
    this.#sessions = new KeptSessions(limits);
    const onKeys = (): void => {
      this.#usedMs = Date.now();
    };
    this.#terminals = new Terminals(limits.terminalAwayMs, {
      onKeys,
      whyLost: (failure) => this.#whyTerminalLost(failure),
    });
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
    const { transactions, undone } = this.#sessions;
    const gone = undone.filter((id) => this.#done.includes(id));
    return {
      id: this.id,
      mode: this.mode,
      state: this.#cause ? 'gone' : this.#current ? 'running' : 'ready',
      engine: this.#engine,
      done: [...this.#done],
      ...(gone.length > 0 ? { undone: gone } : {}),
      ...(transactions.length > 0 ? { transactions } : {}),
      expiresAtMs: this.expiresAtMs,
      ...(this.#cause ? { cause: this.#cause } : {}),
    };
  }

  /**
   * Has the interpreter import these modules, so that programs which use them start at once. Where that fails they
   * start later.
   */
  async preload(modules: string[]): Promise<void> {
    if (modules.length === 0) return;
    await this.#living()
      .container.preload(modules)
      .catch((cause: unknown) => {
        if (!this.#cause) logFailure(cause, `sandbox ${this.id}`);
      });
  }

  /**
   * Starts a run of these steps. Throws AppError `busy` while another is under way, `gone` when the sandbox is no more.
   */
  start(steps: Step[]): Run {
    const place = this.#living();
    if (this.#current)
      throw new AppError('busy', 'Another run is under way in your cluster: stop it, or wait for its end.');
    this.#usedMs = Date.now();
    const run = new Run(randomBytes(8).toString('hex'));
    this.#current = run;
    this.#runs = [...this.#kept(), run];
    void this.#conduct(place, run, steps);
    return run;
  }

  /**
   * A kept run, or undefined. Throws AppError `gone` when the sandbox is no more, and what was printed in it with it.
   */
  run(id: string): Run | undefined {
    this.#living();
    return this.#runs.find((run) => run.id === id);
  }

  /**
   * Of the runs so far, those that are kept beside a new one: the last few, as far as they take no more than one may
   * print.
   */
  #kept(): Run[] {
    let leftBytes = this.#limits.outputBytes;
    const runs = this.#runs.slice(1 - KEPT_RUNS);
    const tooMany = runs.findLastIndex(({ log }) => (leftBytes -= log.keptBytes) < 0);
    return runs.slice(tooMany + 1);
  }

  /**
   * Stops a run; of one that has ended, and may long be forgotten, its background programs. False when there is
   * neither.
   */
  stop(id: string): boolean {
    const run = this.run(id);
    if (!run?.log.ended) run?.stop();
    return this.#backgroundPrograms.stopRun(id) || run !== undefined;
  }

  /** Shows a terminal to a page; what is typed counts as use. Throws AppError `gone`, and as `Terminals.watch` does. */
  async watchTerminal(number: number, opening: TerminalOpening, viewer: TerminalViewer): Promise<TerminalView> {
    const place = this.#living();
    this.#usedMs = Date.now();
    return await this.#terminals.watch(place.container, number, opening, viewer);
  }

  /** Ends a terminal, with what runs in it. False when there is none. Throws AppError `gone`. */
  closeTerminal(number: number): boolean {
    this.#living();
    return this.#terminals.close(number);
  }

  async #whyTerminalLost(failure: unknown): Promise<TerminalEnd> {
    const lost = this.#cause ?? (await this.#place?.lostSoon());
    if (lost) return { reason: 'lost', message: lostSentence(lost, this.#memoryBytes) };
    return { reason: 'refused', message: ourFailure(failure, `a terminal of sandbox ${this.id}`) };
  }

  /** Ends the SQL sessions of that name, unless a run is in one of them: false when none was ended. */
  endSession(name: string): boolean {
    this.#living();
    this.#usedMs = Date.now();
    return this.#sessions.end(name, 'ended-by-reader');
  }

  /**
   * The tables of the reader's databases. Throws AppError `gone`, or `busy` when the cluster does not answer in time.
   */
  async tables(): Promise<Holdings> {
    const place = this.#living();
    this.#usedMs = Date.now();
    // One reading, however many ask for it, and one look at why it failed.
    this.#reading ??= this.#read(place, readTables).finally(() => {
      this.#reading = undefined;
    });
    return await this.#reading;
  }

  /**
   * Some rows of a table. Throws as `tables` does, and as `readTablePage`; once `unwanted` aborts it is not begun any
   * more.
   */
  async table(query: TableQuery, unwanted?: AbortSignal): Promise<TablePage> {
    this.#living();
    this.#usedMs = Date.now();
    const page = this.#page.then(() => {
      if (unwanted?.aborted) throw new AppError('busy', 'Nobody waits for these rows any more.');
      return this.#read(this.#living(), (cluster, signal) => readTablePage(cluster, query, signal));
    });
    this.#page = page.catch(() => undefined);
    return await page;
  }

  async #read<T>(place: ClusterContainer, read: Look<T>): Promise<T> {
    try {
      return await this.#lookInto(place, read);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      await this.#closeIfLost(place, cause);
      this.#living();
      throw new AppError('busy', 'The cluster did not give its tables: a statement may be holding them.', { cause });
    }
  }

  /** Ends it, and what runs in it. The first cause wins. Idempotent. */
  async close(cause: LostCause): Promise<void> {
    this.#cause ??= cause;
    const run = this.#current;
    run?.log.end('lost', lostSentence(this.#cause, this.#memoryBytes));
    run?.stop();
    this.#sessions.close();
    this.#terminals.end({ reason: 'lost', message: lostSentence(this.#cause, this.#memoryBytes) });
    this.#runs = [];
    this.#done = [];
    const place = this.#place;
    // Until it is disposed of: a second call waits for that, or tries it again.
    await place?.dispose();
    this.#place = undefined;
  }

  /** The place. Throws AppError `gone` with the reason when it is no more. */
  #living(): ClusterContainer {
    if (this.#cause || !this.#place)
      throw new AppError('gone', lostSentence(this.#cause ?? 'reset', this.#memoryBytes));
    return this.#place;
  }

  async #conduct(place: ClusterContainer, run: Run, steps: Step[]): Promise<void> {
    const { container, cluster } = place;
    const context = {
      container,
      cluster,
      limits: this.#limits,
      backgroundPrograms: this.#backgroundPrograms,
      sessions: this.#sessions,
    };
    this.#sessions.beginRun(steps);
    try {
      const ending = await run.execute(steps, context, (step) => {
        this.#done = [...this.#done.filter((id) => id !== step.id), step.id].slice(-KEPT_DONE);
      });
      await this.#lookAtCluster(place, run);
      run.log.end(ending.reason, ending.message);
    } catch (cause) {
      // The place may be on its way out: its own cause says more than whatever failed because of it.
      const lost = this.#cause ?? (await place.lostSoon());
      if (lost) await this.close(lost).catch(() => undefined);
      else run.log.end('server-failed', ourFailure(cause, `run ${run.id} of sandbox ${this.id}`));
    } finally {
      this.#current = undefined;
      this.#usedMs = Date.now();
    }
  }

  /** Tells the page what the databases hold now; notices a cluster that takes no more clients. */
  async #lookAtCluster(place: ClusterContainer, run: Run): Promise<void> {
    try {
      run.log.add({ type: 'tables', ...(await this.#lookInto(place, readTables)) });
    } catch (cause) {
      await this.#closeIfLost(place, cause);
      if (this.#cause || this.#hasToldOfTables || this.#sessions.transactions.length > 0) return;
      // Once: readers can bring it about, as often as they like. But it may also be a database that answers otherwise
      // than we think.
      this.#hasToldOfTables = true;
      console.error(`the tables of sandbox ${this.id} could not be read:`, cause);
    }
  }

  /** Gives up in time, and lets go of what it holds then: a statement of the reader's may lock the tables for ever. */
  async #lookInto<T>({ cluster }: ClusterContainer, look: Look<T>): Promise<T> {
    const ending = new AbortController();
    const late = setTimeout(
      () => ending.abort(),
      this.#sessions.transactions.length > 0 ? TABLES_BESIDE_MS : TABLES_MS,
    );
    return await look(cluster, ending.signal).finally(() => clearTimeout(late));
  }

  /** Closes it when what failed did so because the cluster is gone, or takes no more clients. */
  async #closeIfLost(place: ClusterContainer, cause: unknown): Promise<void> {
    const drained = await isDrained(place.cluster, cause);
    // An engine that ended takes no clients either, and that says more.
    const ended = await place.lostSoon();
    if (ended || drained) await this.close(ended ?? 'drained');
  }
}

/** What a reader hears of a failure that is none of theirs; the log hears the cause. */
function ourFailure(cause: unknown, about: string): string {
  const sentence = cause instanceof AppError ? cause.message : 'Something of ours failed while this ran.';
  return `${sentence} Your cluster is still there. (Error ${logFailure(cause, about)}.)`;
}
