import { encode } from '../protocol/encode.ts';
import { SERVER } from '../protocol/message-types.ts';
import { query } from '../protocol/messages.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { Translation, Forward } from '../sql/translation/translation.ts';
import { splitStatements, type Statement } from '../sql/text/statement.ts';
import { translateTransactionControl } from '../sql/translate-statement.ts';
import type { Backend } from './backend.ts';
import type { ClientMessages } from './client-messages.ts';
import { copyIn } from './copy.ts';
import { perform } from './open-portal.ts';
import { takePastRead } from './past-reads.ts';
import { backendOf, findPlace, translateThere } from './placing.ts';
import { Relay, sendAnswer } from './relay.ts';
import { retrying } from './retrying.ts';
import type { Session } from './session.ts';

/** PostgreSQL's simple protocol: texts of several statements, each executed by itself, as in CockroachDB. */
export class SimpleProtocol {
  readonly #session: Session;
  readonly #messages: ClientMessages;

  constructor(session: Session, messages: ClientMessages) {
    this.#session = session;
    this.#messages = messages;
  }

  /** Answers a Query: its statements one after the other, until one fails. */
  async query(source: string): Promise<void> {
    const { context, outbox } = this.#session;
    try {
      const statements = splitStatements(source);
      for (const statement of statements) translateTransactionControl(statement, context);
      if (!statements.length) outbox.put(encode(SERVER.emptyQueryResponse));
      for (const statement of statements) {
        this.#session.openPortal.check(perform('ExecStmt'), statement);
        await retrying(this.#session, statement, () => this.#answer(statement));
      }
    } catch (error) {
      await this.#session.fail(error);
    }
    await this.#session.connections.rest();
    this.#session.becomeReady();
  }

  async #answer(statement: Statement): Promise<void> {
    const { transaction } = this.#session;
    const past = await takePastRead(this.#session, statement);
    if (!past?.time) return await this.#answerNow(past?.statement ?? statement);
    try {
      await transaction.beginRead(past.time);
      await this.#answerNow(past.statement);
    } catch (error) {
      throw transaction.modes.judge(error);
    } finally {
      await transaction.endRead();
    }
  }

  async #answerNow(statement: Statement): Promise<void> {
    const place = await findPlace(this.#session, statement);
    const translation = await translateThere(this.#session, place, statement);
    // Read only now, because translating may have moved the session, as DROP DATABASE does.
    await this.#carryOut(translation, statement, await backendOf(this.#session, place));
    this.#session.afterwards(statement);
  }

  async #carryOut(translation: Translation, statement: Statement, backend: Backend): Promise<void> {
    if (translation.kind === 'local') sendAnswer(this.#session.outbox, await translation.execute(), false);
    else await this.#forward(translation, statement, backend);
  }

  async #forward(translation: Forward, { source, written = source }: Statement, backend: Backend): Promise<void> {
    const { outbox } = this.#session;
    const relay = new Relay(translation, written, outbox);
    const copying = Promise.withResolvers<true>();
    const done = backend.exchange(query(translation.sql), (message) => {
      relay.take(message);
      if (message.type === SERVER.copyInResponse) copying.resolve(true);
      return message.type === SERVER.readyForQuery;
    });
    if (await Promise.race([done, copying.promise])) {
      outbox.flush();
      await copyIn(this.#messages, backend, done);
    }
    if (relay.error) throw StatementError.of(relay.error);
    await this.#session.assign(relay.assigned);
  }
}
