import type { Cluster } from '../cluster/cluster.ts';
import { MAX_SESSIONS } from '../../shared/limits.ts';
import type { OpenTransaction, SessionEnd, Step } from '../../shared/protocol.ts';
import { KeptSession, keyOf, REMEMBERED_STEPS, type SqlStep } from './kept-session.ts';
import type { SessionLimits } from './sandbox-limits.ts';
import { endedBy } from './waiting-statement.ts';
import { isSilent, sessionEnd, type EndCause } from './session-end.ts';

/** How many ended sessions are remembered; limited, because clients can name any number of sessions. */
const REMEMBERED_ENDS = 16;

/** A sandbox's SQL sessions that are kept between runs: one for each SQL shell of a page, user and database. */
export class KeptSessions {
  readonly #limits: SessionLimits;
  readonly #kept = new Map<string, KeptSession>();
  /** How sessions have ended, which is reported at their next step. */
  readonly #ends = new Map<string, SessionEnd>();
  #begun: string[] = [];
  #undone: string[] = [];
  /** Cancel requests for statements of ended sessions. */
  readonly #cancelling = new Set<Promise<void>>();
  #isClosed = false;

  constructor(limits: SessionLimits) {
    this.#limits = limits;
  }

  /** The steps whose effects were lost with their session or transaction and that were not run again. */
  get undone(): string[] {
    return [...this.#undone];
  }

  get transactions(): OpenTransaction[] {
    const nowMs = performance.now();
    return [...this.#kept.values()].flatMap(({ name, step, transaction, endsMs, isBusy }) =>
      transaction === undefined || isBusy
        ? []
        : [{ session: name, step, state: transaction, leftMs: Math.max(0, Math.round(endsMs - nowMs)) }],
    );
  }

  /**
   * Prepares for a run of these steps. Ends a session when the run repeats everything that the session holds, and an
   * earlier step, too: in the session's old state, the results would differ. A step that is run again on its own
   * continues in its session, as if it were typed again, unless its own statement is still waiting there.
   */
  async beginRun(steps: readonly Step[]): Promise<void> {
    const begun = [...this.#begun];
    const isWaiting = ({ unanswered }: KeptSession): boolean => steps.some(({ id }) => unanswered?.includes(id));
    const isDoneAnew = ({ holds, key }: KeptSession): boolean => {
      const last = steps.findLastIndex(
        (step) => step.kind === 'sql' && step.session !== undefined && keyOf(step) === key,
      );
      const isDoneAgain = holds.length > 0 && holds.every((id) => steps.some((step) => step.id === id));
      return isDoneAgain && steps.slice(0, Math.max(0, last)).some(({ id }) => begun.includes(id));
    };
    const ending = [...this.#kept.values()].filter((kept) => isWaiting(kept) || isDoneAnew(kept));
    // First what waits: when the session ends that it waits for, it would be done.
    const [waiting, others] = [ending.filter(isWaiting), ending.filter((kept) => !isWaiting(kept))];
    for (const kept of waiting) this.#end(kept, 'done-anew');
    await Promise.all(this.#cancelling);
    for (const kept of others) this.#end(kept, 'done-anew');
  }

  /**
   * Records that a step begins. One that opens a SQL shell ends the sessions of the shell before it. Resolves when no
   * statement of an ended session can be done any more, as it would be once the step ends what it waits for.
   */
  async beginStep(step: Step): Promise<void> {
    if (step.kind === 'shell' && step.session !== undefined) this.end(step.session, 'opened-anew');
    this.#begun = [...this.#begun.filter((id) => id !== step.id), step.id].slice(-REMEMBERED_STEPS);
    this.#undone = this.#undone.filter((id) => id !== step.id);
    await Promise.all(this.#cancelling);
  }

  /**
   * Returns the session of a step, or opens a new one; `lastEnd` says how the last one ended. Call `giveBack`
   * afterwards. Throws DatabaseError when the database refuses.
   */
  async take(
    step: SqlStep & { session: string },
    cluster: Cluster,
  ): Promise<{ kept: KeptSession; lastEnd: SessionEnd | undefined }> {
    const key = keyOf(step);
    const known = this.#kept.get(key);
    if (known?.sql.isOver) await this.#lose(known);
    else if (known) {
      known.wake();
      // The map is in the order of use, the least recently used first.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return { kept: known, lastEnd: undefined };
    }
    const lastEnd = this.#ends.get(key);
    const made = new KeptSession(step, await cluster.open(step.user, step.database ?? 'defaultdb'));
    this.#ends.delete(key);
    if (this.#kept.size >= MAX_SESSIONS) this.#endOne();
    this.#kept.set(key, made);
    if (this.#isClosed) made.sql.destroy();
    else void made.sql.ended.then(() => (made.isBusy ? undefined : this.#lose(made)));
    return { kept: made, lastEnd };
  }

  /** Records that the effects of these steps are lost. */
  undo(steps: readonly string[]): void {
    if (this.#isClosed) return;
    this.#undone = [...new Set([...this.#undone.filter((id) => !steps.includes(id)), ...steps])].slice(
      -REMEMBERED_STEPS,
    );
  }

  /** Returns a session after a step. If it has ended, `end` is the cause. */
  giveBack(kept: KeptSession, end: EndCause): void {
    if (kept.sql.isOver || this.#isClosed) return this.#end(kept, end);
    const isHolding = kept.transaction !== undefined || kept.waiting !== undefined;
    kept.wait(isHolding ? this.#limits.transactionMs : this.#limits.sessionMs, () => this.#end(kept, 'unused'));
  }

  /** Ends the unused sessions of that name. Returns false when there are none. */
  end(name: string, why: EndCause): boolean {
    const ended = [...this.#kept.values()].filter((kept) => kept.name === name && !kept.isBusy);
    for (const kept of ended) this.#end(kept, why);
    return ended.length > 0;
  }

  /** Ends all sessions; later ones are not kept. Idempotent. */
  close(): void {
    this.#isClosed = true;
    for (const kept of this.#kept.values()) {
      kept.wake();
      kept.sql.destroy();
    }
    this.#kept.clear();
    this.#ends.clear();
    this.#begun = [];
    this.#undone = [];
  }

  /** Ends the least recently used session, if possible one in which nothing is open or waits. */
  #endOne(): void {
    const all = [...this.#kept.values()];
    const spare = all.find(({ transaction, waiting }) => transaction === undefined && waiting === undefined);
    this.#end(spare ?? all[0]!, 'crowded-out');
  }

  /** Ends an unused session whose connection has ended. */
  async #lose(kept: KeptSession): Promise<void> {
    // Before the end of a waiting statement is noted: it is not known whether that was done.
    const { holds } = kept;
    const why = kept.waiting ? await endedBy(kept.waiting) : 'lost';
    if (this.#kept.get(kept.key) !== kept) return;
    this.undo(holds);
    this.#end(kept, why);
  }

  #end(kept: KeptSession, why: EndCause): void {
    if (this.#kept.get(kept.key) !== kept) return;
    const { transaction, holds, unanswered } = kept;
    this.#kept.delete(kept.key);
    kept.wake();
    this.undo(holds);
    if (!isSilent(why, transaction)) {
      this.#ends.delete(kept.key);
      this.#ends.set(kept.key, sessionEnd(why, transaction, kept.unusedMs));
      if (this.#ends.size > REMEMBERED_ENDS) this.#ends.delete(this.#ends.keys().next().value!);
    }
    if (!unanswered) return void kept.sql.close();
    // A database may go on with a statement whose connection is closed.
    const cancelled = kept.sql.cancel().then(() => {
      this.#cancelling.delete(cancelled);
      void kept.sql.close();
    });
    this.#cancelling.add(cancelled);
  }
}
