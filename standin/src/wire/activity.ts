import { randomUUID } from 'node:crypto';
import type { QueryFacts, SessionFacts } from '../sql/translation/node.ts';

/** The number of the only node, as the second half of an id. */
const NODE = '1'.padStart(16, '0');

let latest = 0n;

/** Returns an id as CockroachDB gives it to sessions and statements: the time in nanoseconds, and the node. */
function nextId(): string {
  const now = BigInt(Date.now()) * 1_000_000n;
  latest = now > latest ? now : latest + 1n;
  return latest.toString(16).padStart(16, '0') + NODE;
}

/** What a session does and has done, for SHOW SESSIONS and its kin. */
export class Activity {
  readonly id = nextId();
  readonly startedAt = new Date();
  readonly #user: string;
  readonly #client: string;
  query: QueryFacts | undefined;
  lastQuery = '';
  /** How long the statement before the running one took. */
  lastTookMs = 0;
  #transaction: { id: string; statements: number } | undefined;

  /** Records that a statement runs while `work` does. `isOpen` tells whether a transaction is open. */
  async during(sql: string, isOpen: () => boolean, work: () => Promise<void>): Promise<void> {
    const startedMs = performance.now();
    this.query = { id: nextId(), sql, startedAt: new Date() };
    try {
      await work();
    } finally {
      this.query = undefined;
      this.lastQuery = sql;
      this.lastTookMs = performance.now() - startedMs;
      this.#note(isOpen());
    }
  }

  /** `client` is the client's address and port. */
  constructor(user: string, client: string) {
    this.#user = user;
    this.#client = client;
  }

  /** Returns what the session is and does. */
  facts(applicationName: string): SessionFacts {
    const { id, startedAt, query, lastQuery, transaction } = this;
    return { id, user: this.#user, client: this.#client, applicationName, startedAt, query, lastQuery, transaction };
  }

  /** The open transaction, with the number of its statements; a statement alone is one too. */
  get transaction(): { id: string; statements: number } | undefined {
    return this.#transaction ?? (this.query && { id: randomUUID(), statements: 1 });
  }

  #note(isOpen: boolean): void {
    this.#transaction = isOpen
      ? { id: this.#transaction?.id ?? randomUUID(), statements: (this.#transaction?.statements ?? -1) + 1 }
      : undefined;
  }
}
