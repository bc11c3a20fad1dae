import { BodyReader } from '../protocol/body-reader.ts';
import { encode, int16 } from '../protocol/encode.ts';
import type { Message } from '../protocol/message-reader.ts';
import { CLIENT, SERVER, TARGET } from '../protocol/message-types.ts';
import { complete, rowDescription } from '../protocol/messages.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { Local } from '../sql/translation/translation.ts';
import { evaluateTime } from '../sql/session/evaluate-time.ts';
import { splitStatements } from '../sql/text/statement.ts';
import { translateTransactionControl } from '../sql/translate-statement.ts';
import { checkNoCopyFrom } from './copy.ts';
import { Forwarding } from './forwarding.ts';
import { takePastRead } from './past-reads.ts';
import { findPlace, readForeign, translateThere } from './placing.ts';
import { CLOSE, EXECUTE, perform } from './open-portal.ts';
import { withJsonbValues } from './json-parameters.ts';
import { typedParameters } from './parameter-types.ts';
import type { PreparedStatements, Portal, Prepared } from './prepared.ts';
import { sendAnswer } from './relay.ts';
import { inFormats, resultFormats } from './result-formats.ts';
import { retrying } from './retrying.ts';
import type { Session } from './session.ts';

/**
 * PostgreSQL's extended protocol, message by message (postgresql.org/docs/18/protocol-flow.html). Each Execute is
 * answered by itself, as in CockroachDB.
 */
export class ExtendedProtocol {
  readonly #session: Session;
  readonly #known: PreparedStatements;
  readonly #forwarding: Forwarding;
  readonly #handlers: Record<string, (reader: BodyReader) => Promise<void> | void> = {
    [CLIENT.parse]: (reader) => this.#parse(reader),
    [CLIENT.bind]: (reader) => this.#bind(reader),
    [CLIENT.describe]: (reader) => this.#describe(reader),
    [CLIENT.execute]: (reader) => this.#execute(reader),
    [CLIENT.close]: (reader) => this.#close(reader),
  };
  /** Whether messages are skipped up to the next Sync, because of an error. */
  #skipping = false;

  constructor(session: Session) {
    this.#session = session;
    this.#known = session.prepared;
    this.#forwarding = new Forwarding(session);
  }

  get skipping(): boolean {
    return this.#skipping;
  }

  /** Finishes the last Bind, if that has waited for an Execute. */
  async open(): Promise<void> {
    await this.#handle(() => this.#forwarding.open());
  }

  /** Drops the unnamed statement and portal, as a simple query does. */
  dropUnnamed(): void {
    this.#known.removeStatement('');
    this.#known.removePortal('');
  }

  /** Answers Sync. A simple query among messages that are skipped counts as one, as in CockroachDB. */
  async sync(): Promise<void> {
    this.#skipping = false;
    await this.#forwarding.settle();
    await this.#session.connections.rest();
    await this.#session.transaction.endRead();
    this.endPortals();
    this.#session.becomeReady();
  }

  /** Removes the portals when their transaction has ended. */
  endPortals(): void {
    if (this.#session.transaction.state === 'none') this.#known.removePortals();
  }

  /** Handles a message; returns false for one that does not belong to this protocol. */
  async take({ type, body }: Message): Promise<boolean> {
    if (type !== CLIENT.describe && type !== CLIENT.execute) await this.open();
    if (type === CLIENT.sync) await this.sync();
    else if (type === CLIENT.flush) this.#session.outbox.flush();
    else {
      const handler = this.#handlers[type];
      if (!handler) return false;
      if (!this.#skipping) await this.#handle(() => handler(new BodyReader(body)));
    }
    return true;
  }

  async #handle(work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#forwarding.takeOpening();
      this.#skipping = true;
      await this.#session.fail(error);
    }
  }

  async #parse(reader: BodyReader): Promise<void> {
    const name = reader.text();
    const source = reader.text();
    const types = reader.rest();
    if (name && this.#known.findStatement(name))
      throw new StatementError(SQLSTATE.duplicatePreparedStatement, `prepared statement "${name}" already exists`);
    if (!name) this.#known.removeStatement('');
    const statements = splitStatements(source);
    this.#session.openPortal.check(perform('PrepareStmt'), statements[0]);
    checkNoCopyFrom(statements);
    for (const statement of statements) translateTransactionControl(statement, this.#session.context);
    if (statements.length > 1)
      throw new StatementError(
        SQLSTATE.invalidPreparedStatementDefinition,
        `prepared statement had ${statements.length} statements, expected 1`,
      );
    const past = statements[0] && (await takePastRead(this.#session, statements[0]));
    const given = past?.statement ?? statements[0];
    const statement = given && { ...given, typedParameters: typedParameters(types) };
    const place = statement ? await findPlace(this.#session, statement) : { database: undefined, foreign: [] };
    const prepared: Prepared = {
      name,
      statement,
      when: past?.when,
      types,
      place,
      translation: undefined,
      parsedOn: undefined,
    };
    if (statement) {
      prepared.translation = await translateThere(this.#session, place, statement);
      if (prepared.translation.kind === 'forward') await this.#forwarding.parse(prepared, prepared.translation);
    }
    this.#known.addStatement(prepared);
    this.#session.outbox.put(encode(SERVER.parseComplete));
  }

  async #bind(reader: BodyReader): Promise<void> {
    const name = reader.text();
    const prepared = this.#known.statement(reader.text());
    this.#session.openPortal.check(perform('BindStmt'), prepared.statement);
    const values = withJsonbValues(reader.rest(), prepared.types);
    await this.#beginRead(prepared);
    const portal: Portal = {
      prepared,
      name,
      values,
      boundIn: undefined,
      described: false,
      readers: undefined,
      completed: undefined,
    };
    this.#known.addPortal(portal);
    // The rows of other databases are those of this moment.
    if (prepared.place.foreign.length) await readForeign(this.#session, prepared.place);
    if (prepared.translation?.kind === 'forward') this.#forwarding.bind(portal, prepared.translation);
    else this.#session.outbox.put(encode(SERVER.bindComplete));
  }

  /** Begins to read the past for a statement with AS OF SYSTEM TIME, up to the next Sync. */
  async #beginRead(prepared: Prepared): Promise<void> {
    const { transaction, context } = this.#session;
    if (!prepared.when || transaction.state !== 'none') return;
    await transaction.endRead();
    await transaction.beginRead(await evaluateTime(prepared.when, context));
  }

  async #describe(reader: BodyReader): Promise<void> {
    const kind = reader.letter();
    const name = reader.text();
    const isCursor = kind === TARGET.portal && !this.#known.findPortal(name);
    if (isCursor && this.#session.transaction.state === 'open') return await this.#forwarding.describeCursor(name);
    const portal = kind === TARGET.portal ? this.#known.portal(name) : undefined;
    if (!this.#forwarding.isOpening(portal)) await this.#forwarding.open();
    const prepared = portal?.prepared ?? this.#known.statement(name);
    const { translation } = prepared;
    this.#session.openPortal.check(perform('DescribeStmt'), prepared.statement);
    if (translation?.kind === 'forward') await this.#forwarding.describe(portal ?? prepared, translation);
    else this.#describeHere(kind, translation, portal);
  }

  #describeHere(kind: string, translation: Local | undefined, portal: Portal | undefined): void {
    const { outbox } = this.#session;
    if (kind === TARGET.statement) outbox.put(encode(SERVER.parameterDescription, int16(0)));
    const columns = translation?.columns && inFormats(translation.columns, portal ? resultFormats(portal.values) : []);
    outbox.put(columns ? rowDescription(columns) : encode(SERVER.noData));
  }

  async #execute(reader: BodyReader): Promise<void> {
    const session = this.#session;
    const portal = this.#known.portal(reader.text());
    const limit = reader.rest();
    const { translation, statement, place } = portal.prepared;
    const { state } = session.transaction;
    if (!this.#forwarding.isOpening(portal) || state === 'committed') await this.#forwarding.open();
    const opening = this.#forwarding.takeOpening();
    session.openPortal.check(EXECUTE, statement, portal);
    if (!translation || !statement) return session.outbox.put(encode(SERVER.emptyQueryResponse));
    if (portal.completed !== undefined) return session.outbox.put(complete(withoutRows(portal.completed)));
    await retrying(session, statement, async () => {
      session.transaction.checkPast(place.database ?? session.context.database, statement, place.foreign.length > 0);
      // Translated again to be refused when the transaction's state allows no statement, because the connection to
      // another database may be a new one, and to see whether stars still mean the same columns.
      const isLocal = translation.kind === 'local';
      const stars = translation.kind === 'forward' ? translation.stars : undefined;
      const now =
        isLocal || stars !== undefined || session.transaction.state === 'committed'
          ? await translateThere(session, place, statement)
          : translation;
      if (stars !== undefined && now.kind === 'forward' && now.stars !== stars)
        throw new StatementError(SQLSTATE.featureNotSupported, 'cached plan must not change result type');
      if (now.kind === 'local') {
        const answer = await now.execute();
        sendAnswer(session.outbox, answer, true, resultFormats(portal.values));
        portal.completed = answer.tag;
      } else await this.#forwarding.execute(portal, now, statement, limit, opening);
    });
    session.openPortal.note(portal);
    session.afterwards(statement);
    this.endPortals();
  }

  async #close(reader: BodyReader): Promise<void> {
    const kind = reader.letter();
    const name = reader.text();
    if (kind === TARGET.statement) {
      this.#session.openPortal.check(CLOSE);
      this.#known.removeStatement(name);
    } else await this.#closePortal(name);
    this.#session.outbox.put(encode(SERVER.closeComplete));
  }

  async #closePortal(name: string): Promise<void> {
    const portal = this.#known.findPortal(name);
    this.#session.openPortal.check(CLOSE, undefined, portal);
    this.#known.removePortal(name);
    if (portal) await this.#forwarding.close(portal);
    this.#session.openPortal.forget();
  }
}

/** Returns a command tag with no rows, for a portal that is executed again after its last row. */
function withoutRows(tag: string): string {
  return tag.replace(/\d+$/, '0');
}
