import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { Forward } from '../sql/translation/translation.ts';
import type { Statement } from '../sql/text/statement.ts';
import { translateStatement } from '../sql/translate-statement.ts';
import type { Backend } from './backend.ts';
import { otherDatabase } from './other-database.ts';
import type { Frame } from '../protocol/message-reader.ts';
import { message, query } from '../protocol/messages.ts';
import { Relay, tellAnswer } from './relay.ts';
import type { Session } from './session.ts';

/** Runs a session's simple statements, COPY among them. */
export class Runner {
  readonly #session: Session;
  readonly #read: () => Promise<Frame | undefined>;
  /** A message that COPY awaited, and that came too late for it. */
  #pending: Promise<Frame | undefined> | undefined;

  /** `read` gives the client's next message, nothing when it is gone. */
  constructor(session: Session, read: () => Promise<Frame | undefined>) {
    this.#session = session;
    this.#read = read;
  }

  /** Runs one statement and tells its answer. Throws StatementError. */
  async simple(statement: Statement): Promise<void> {
    const { context, outbox, transaction } = this.#session;
    const other = transaction.state === 'none' ? await otherDatabase(statement, context) : undefined;
    if (other !== undefined) return await this.#inOther(other, statement);
    const plan = await this.#session.translate(statement);
    if (plan.kind === 'local') tellAnswer(outbox, await plan.execute(), false);
    else await this.#run(plan, statement, this.#session.backend);
    this.#session.afterwards(statement);
  }

  /** Runs a statement whose names are all in another database, on a connection of its own. */
  async #inOther(database: string, statement: Statement): Promise<void> {
    const { context, outbox } = this.#session;
    const backend = await this.#session.connectTo(database);
    try {
      const execute = async (...all: string[]): Promise<void> => {
        for (const sql of all) await backend.rows(sql);
      };
      const plan = await translateStatement(statement, {
        ...context,
        database,
        query: (sql) => backend.rows(sql),
        execute,
      });
      if (plan.kind === 'local') tellAnswer(outbox, await plan.execute(), false);
      else await this.#run(plan, statement, backend);
    } finally {
      backend.close();
    }
  }

  async #run(plan: Forward, { source, written = source }: Statement, backend: Backend): Promise<void> {
    const relay = new Relay(plan, written, this.#session.outbox);
    const copying = Promise.withResolvers<true>();
    const done = backend.exchange(query(plan.sql), (frame) => {
      relay.take(frame);
      if (frame.type === 'G') copying.resolve(true);
      return frame.type === 'Z';
    });
    if (await Promise.race([done, copying.promise])) await this.#copy(backend, done);
    if (relay.problem) throw StatementError.of(relay.problem);
  }

  /**
   * Hands on the client's rows until it or PostgreSQL ends them; what the client sends after a refusal is not for
   * PostgreSQL.
   */
  async #copy(backend: Backend, done: Promise<void>): Promise<void> {
    this.#session.outbox.flush();
    for (;;) {
      this.#pending = this.#read();
      const frame = await Promise.race([
        done,
        this.#pending.then((came) => came ?? { type: 'f', body: Buffer.from('the client is gone\0') }),
      ]);
      if (!frame) return;
      this.#pending = undefined;
      if (!'dcf'.includes(frame.type)) continue;
      backend.send(message(frame.type, frame.body));
      if (frame.type !== 'd') return await done;
    }
  }

  /** The client's next message. */
  async nextFrame(): Promise<Frame | undefined> {
    const pending = this.#pending ?? this.#read();
    this.#pending = undefined;
    return await pending;
  }

  /** In a failed transaction CockroachDB still reads a statement, and says so when it cannot. */
  async onlySyntax(statement: Statement): Promise<void> {
    const { backend } = this.#session;
    if (backend.status !== 'E' || !/^(select|insert|update|delete)\b/i.test(statement.source)) return;
    await backend.rows(statement.source).catch((error: unknown) => {
      if (error instanceof StatementError && error.fields.code === SQLSTATE.syntaxError) throw error;
    });
  }
}
