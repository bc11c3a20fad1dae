import { BodyReader } from '../protocol/body-reader.ts';
import { encode, int16 } from '../protocol/encode.ts';
import type { Message } from '../protocol/message-reader.ts';
import { CLIENT, SERVER, TARGET } from '../protocol/message-types.ts';
import { rowDescription } from '../protocol/messages.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { Local } from '../sql/translation/translation.ts';
import { evaluateTime } from '../sql/session/evaluate-time.ts';
import { splitStatements } from '../sql/text/statement.ts';
import { translateTransactionControl } from '../sql/translate-statement.ts';
import { Forwarding } from './forwarding.ts';
import { takePastRead } from './past-reads.ts';
import { findPlace, readForeign, translateThere } from './placing.ts';
import { PreparedStatements, type Portal, type Prepared } from './prepared.ts';
import { sendAnswer } from './relay.ts';
import { retrying } from './retrying.ts';
import type { Session } from './session.ts';

/**
 * PostgreSQL's extended protocol, message by message (postgresql.org/docs/18/protocol-flow.html). Each Execute is
 * answered by itself, as in CockroachDB.
 */
export class ExtendedProtocol {
  readonly #session: Session;
  readonly #known = new PreparedStatements();
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
    this.#forwarding = new Forwarding(session);
    session.onDiscard = () => this.#known.clear();
  }

  /** Drops the unnamed statement and portal, as a simple query does. */
  dropUnnamed(): void {
    this.#known.removeStatement('');
    this.#known.removePortal('');
  }

  /** Handles a message; returns false for one that does not belong to this protocol. */
  async take({ type, body }: Message): Promise<boolean> {
    if (type === CLIENT.sync) await this.#sync();
    else if (type === CLIENT.flush) this.#session.outbox.flush();
    else {
      const handler = this.#handlers[type];
      if (!handler) return false;
      if (!this.#skipping) await this.#handle(handler, new BodyReader(body));
    }
    return true;
  }

  async #handle(handler: (reader: BodyReader) => Promise<void> | void, reader: BodyReader): Promise<void> {
    try {
      await handler(reader);
    } catch (error) {
      this.#skipping = true;
      await this.#session.fail(error);
    }
  }

  async #sync(): Promise<void> {
    const { transaction } = this.#session;
    this.#skipping = false;
    await this.#session.connections.rest();
    await transaction.endRead();
    if (transaction.state === 'none') this.#known.removePortals();
    this.#session.becomeReady();
  }

  async #parse(reader: BodyReader): Promise<void> {
    const name = reader.text();
    const source = reader.text();
    const types = reader.rest();
    if (name && this.#known.hasStatement(name))
      throw new StatementError(SQLSTATE.duplicatePreparedStatement, `prepared statement "${name}" already exists`);
    const statements = splitStatements(source);
    for (const statement of statements) translateTransactionControl(statement, this.#session.context);
    if (statements.length > 1)
      throw new StatementError(
        SQLSTATE.invalidPreparedStatementDefinition,
        `prepared statement had ${statements.length} statements, expected 1`,
      );
    const past = statements[0] && (await takePastRead(this.#session, statements[0]));
    const statement = past?.statement ?? statements[0];
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
    const values = reader.rest();
    await this.#beginRead(prepared);
    const portal: Portal = { prepared, name, values, bound: false, described: false, readers: undefined };
    if (prepared.place.foreign.length) {
      // The rows of other databases are those of this moment. Reading them drops an unnamed statement.
      await readForeign(this.#session, prepared.place);
      prepared.parsedOn = undefined;
    }
    if (prepared.translation?.kind === 'forward') await this.#forwarding.bind(portal, prepared.translation);
    this.#known.addPortal(portal);
    this.#session.outbox.put(encode(SERVER.bindComplete));
  }

  /** Begins to read the past for a statement with AS OF SYSTEM TIME, up to the next Sync. */
  async #beginRead(prepared: Prepared): Promise<void> {
    const { transaction, context } = this.#session;
    if (!prepared.when || transaction.state !== 'none') return;
    await transaction.endRead();
    await transaction.beginRead(await evaluateTime(prepared.when, context));
    // BEGIN has made PostgreSQL forget the unnamed statement.
    if (!prepared.name) prepared.parsedOn = undefined;
  }

  async #describe(reader: BodyReader): Promise<void> {
    const kind = reader.letter();
    const name = reader.text();
    const portal = kind === TARGET.portal ? this.#known.portal(name) : undefined;
    const prepared = portal?.prepared ?? this.#known.statement(name);
    const { translation } = prepared;
    if (translation?.kind === 'forward') await this.#forwarding.describe(portal ?? prepared, translation);
    else this.#describeHere(kind, translation);
  }

  #describeHere(kind: string, translation: Local | undefined): void {
    const { outbox } = this.#session;
    if (kind === TARGET.statement) outbox.put(encode(SERVER.parameterDescription, int16(0)));
    outbox.put(translation?.columns ? rowDescription(translation.columns) : encode(SERVER.noData));
  }

  async #execute(reader: BodyReader): Promise<void> {
    const session = this.#session;
    const portal = this.#known.portal(reader.text());
    const limit = reader.rest();
    const { translation, statement, place } = portal.prepared;
    if (!translation || !statement) return session.outbox.put(encode(SERVER.emptyQueryResponse));
    await retrying(session, statement, async () => {
      session.transaction.checkPast(place.database ?? session.context.database, statement, place.foreign.length > 0);
      // Translated again to be refused when the transaction's state allows no statement, and because the connection to
      // another database may be a new one.
      const isLocal = translation.kind === 'local';
      const now =
        isLocal || session.transaction.state === 'committed'
          ? await translateThere(session, place, statement)
          : translation;
      if (now.kind === 'local') sendAnswer(session.outbox, await now.execute(), true);
      else await this.#forwarding.execute(portal, now, statement, limit);
    });
    session.afterwards(statement);
  }

  #close(reader: BodyReader): void {
    const kind = reader.letter();
    const name = reader.text();
    if (kind === TARGET.statement) this.#known.removeStatement(name);
    else this.#known.removePortal(name);
    this.#session.outbox.put(encode(SERVER.closeComplete));
  }
}
