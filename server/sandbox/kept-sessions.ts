import type { Cluster } from '../cluster/cluster.ts';
import type { OpenTransaction, SessionEnd, Step } from '../../shared/protocol.ts';
import { KeptSession, keyOf, REMEMBERED_STEPS, type SqlStep } from './kept-session.ts';
import type { SessionLimits } from './sandbox-limits.ts';
import { isSilent, MAX_SESSIONS, sessionEnd, type EndCause } from './session-end.ts';

/** Of sessions a client names as many as it likes; of so many the last ends are remembered. */
const REMEMBERED_ENDS = 16;

/** The SQL sessions of one sandbox that outlive their runs, one for each shell that a page shows, user and database. */
export class KeptSessions {
  readonly #limits: SessionLimits;
  readonly #kept = new Map<string, KeptSession>();
  /** What is to be said at the next step of a session that ended. */
  readonly #ends = new Map<string, SessionEnd>();
  #begun: string[] = [];
  #undone: string[] = [];
  #isClosed = false;

  constructor(limits: SessionLimits) {
    this.#limits = limits;
  }

  /** The steps whose effects ended with their session or its transaction, and that were not done again. */
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
   * A run of these steps begins. A session begins anew when all that it holds is done again, after a step that is done
   * again too: in its old state they would give something else. A step that is pressed once more by itself goes on in
   * it, as if it were typed again.
   */
  beginRun(steps: readonly Step[]): void {
    for (const kept of [...this.#kept.values()]) {
      const { holds } = kept;
      const last = steps.findLastIndex(
        (step) => step.kind === 'sql' && step.session !== undefined && keyOf(step) === kept.key,
      );
      const isDoneAgain = holds.length > 0 && holds.every((id) => steps.some((step) => step.id === id));
      if (isDoneAgain && steps.slice(0, Math.max(0, last)).some(({ id }) => this.#begun.includes(id)))
        this.#end(kept, 'done-anew');
    }
  }

  /** A step begins. One that opens a shell ends the sessions of the last one. */
  beginStep(step: Step): void {
    if (step.kind === 'shell' && step.session !== undefined) this.end(step.session, 'opened-anew');
    this.#begun = [...this.#begun.filter((id) => id !== step.id), step.id].slice(-REMEMBERED_STEPS);
    this.#undone = this.#undone.filter((id) => id !== step.id);
  }

  /**
   * The session that a step goes on in, or a new one; `told` says what became of the last. Throws the database's error
   * when it refuses. Give it back.
   */
  async take(
    step: SqlStep & { session: string },
    cluster: Cluster,
  ): Promise<{ kept: KeptSession; told: SessionEnd | undefined }> {
    const key = keyOf(step);
    const known = this.#kept.get(key);
    if (known?.sql.isOver) this.#end(known, 'lost');
    else if (known) {
      known.wake();
      // The least recently used stands first.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return { kept: known, told: undefined };
    }
    const told = this.#ends.get(key);
    const made = new KeptSession(step, await cluster.open(step.user, step.database ?? 'defaultdb'));
    this.#ends.delete(key);
    if (this.#kept.size >= MAX_SESSIONS) this.#endOne();
    this.#kept.set(key, made);
    if (this.#isClosed) made.sql.destroy();
    else void made.sql.ended.then(() => made.isBusy || this.#end(made, 'lost'));
    return { kept: made, told };
  }

  /** What these steps did is no more. */
  undo(steps: readonly string[]): void {
    this.#undone = [...new Set([...this.#undone.filter((id) => !steps.includes(id)), ...steps])].slice(
      -REMEMBERED_STEPS,
    );
  }

  /** A step is done with its session; `end` says why, where that is no more. */
  giveBack(kept: KeptSession, end: EndCause): void {
    if (kept.sql.isOver || this.#isClosed) return this.#end(kept, end);
    kept.wait(kept.transaction === undefined ? this.#limits.sessionMs : this.#limits.transactionMs, () =>
      this.#end(kept, 'unused'),
    );
  }

  /** Ends the sessions of a name. False when there is none. */
  end(name: string, why: EndCause): boolean {
    const ended = [...this.#kept.values()].filter((kept) => kept.name === name && !kept.isBusy);
    for (const kept of ended) this.#end(kept, why);
    return ended.length > 0;
  }

  /** Ends all; from then on none is kept. Idempotent. */
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

  /** Makes room: the one that was not used for longest goes, one with an open transaction last. */
  #endOne(): void {
    const all = [...this.#kept.values()];
    this.#end(all.find(({ transaction }) => transaction === undefined) ?? all[0]!, 'crowded-out');
  }

  #end(kept: KeptSession, why: EndCause): void {
    if (this.#kept.get(kept.key) !== kept) return;
    const { transaction, holds } = kept;
    this.#kept.delete(kept.key);
    kept.wake();
    void kept.sql.close();
    this.undo(holds);
    if (isSilent(why, transaction)) return;
    this.#ends.delete(kept.key);
    this.#ends.set(kept.key, sessionEnd(why, transaction, this.#limits));
    if (this.#ends.size > REMEMBERED_ENDS) this.#ends.delete(this.#ends.keys().next().value!);
  }
}
