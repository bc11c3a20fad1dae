import { SQLSTATE } from '../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../protocol/statement-error.ts';
import type { Forward, Local, Translation } from '../sql/translation/translation.ts';
import type { ValueReader } from '../sql/results/result-columns.ts';
import { splitStatements, type Statement } from '../sql/text/statement.ts';
import { translateTransactionControl } from '../sql/translate-statement.ts';
import type { Backend } from './backend.ts';
import { otherDatabase } from './other-database.ts';
import type { Frame } from '../protocol/message-reader.ts';
import { flush, int16, message, ready, rowDescription, sync, text } from '../protocol/messages.ts';
import { Cursor } from '../protocol/read-message.ts';
import { Relay, tellAnswer } from './relay.ts';
import type { Session } from './session.ts';

/** A prepared statement; `types` are the parameter types as the client's Parse gave them. */
interface Prepared {
  name: string;
  statement: Statement | undefined;
  types: Buffer;
  plan: Translation | undefined;
  /** Where it has been parsed; after `USE` it must be parsed again. */
  on: Backend | undefined;
}

interface Portal {
  prepared: Prepared;
  name: string;
  /** The client's Bind after its two names. */
  values: Buffer;
  bound: boolean;
  described: boolean;
  readers: (ValueReader | undefined)[] | undefined;
}

/**
 * PostgreSQL's extended protocol, message by message (postgresql.org/docs/18/protocol-flow.html). Every Execute stands
 * alone, as in CockroachDB.
 */
export class Extended {
  readonly #session: Session;
  readonly #prepared = new Map<string, Prepared>();
  readonly #portals = new Map<string, Portal>();
  /** After an error everything up to Sync is skipped. */
  #skipping = false;

  constructor(session: Session) {
    this.#session = session;
    session.onDiscard = () => {
      this.#prepared.clear();
      this.#portals.clear();
    };
  }

  /** A simple query ends the unnamed statement and portal. */
  dropUnnamed(): void {
    this.#prepared.delete('');
    this.#portals.delete('');
  }

  /** Takes a message; false for one that is not of this protocol. */
  async take(frame: Frame): Promise<boolean> {
    const { outbox, transaction } = this.#session;
    if (frame.type === 'S') {
      this.#skipping = false;
      if (transaction.state === 'none') this.#portals.clear();
      outbox.put(ready(transaction.status));
      outbox.flush();
      return true;
    }
    if (frame.type === 'H') {
      outbox.flush();
      return true;
    }
    const handler = { P: this.#parse, B: this.#bind, D: this.#describe, E: this.#execute, C: this.#close }[frame.type];
    if (!handler) return false;
    if (this.#skipping) return true;
    try {
      await handler.call(this, new Cursor(frame.body));
    } catch (error) {
      this.#skipping = true;
      await this.#session.fail(error);
    }
    return true;
  }

  async #parse(cursor: Cursor): Promise<void> {
    const name = cursor.text();
    const source = cursor.text();
    const types = cursor.body.subarray(cursor.at);
    if (name && this.#prepared.has(name))
      throw new StatementError(SQLSTATE.duplicatePreparedStatement, `prepared statement "${name}" already exists`);
    const statements = splitStatements(source);
    for (const statement of statements) translateTransactionControl(statement, this.#session.context);
    if (statements.length > 1)
      throw new StatementError(
        SQLSTATE.invalidPreparedStatementDefinition,
        `prepared statement had ${statements.length} statements, expected 1`,
      );
    const prepared: Prepared = { name, statement: statements[0], types, plan: undefined, on: undefined };
    if (prepared.statement) {
      if ((await otherDatabase(prepared.statement, this.#session.context)) !== undefined)
        throw notSupported('another database in a prepared statement');
      prepared.plan = await this.#session.translate(prepared.statement);
      if (prepared.plan.kind === 'forward') await this.#parseThere(prepared, prepared.plan);
    }
    this.#prepared.set(name, prepared);
    this.#session.outbox.put(message('1'));
  }

  async #parseThere(prepared: Prepared, plan: Forward): Promise<void> {
    const close = message('C', 'S', text(prepared.name));
    const parse = message('P', text(prepared.name), text(plan.sql), prepared.types);
    await this.#exchange(Buffer.concat([close, parse, sync()]), plan, prepared, 'Z');
    prepared.on = this.#session.backend;
  }

  /** Relays what comes of one exchange, without the acknowledgements, which are told here. Throws the refusal. */
  async #exchange(
    bytes: Buffer,
    plan: Forward,
    prepared: Prepared,
    until: string,
    relay = new Relay(plan, prepared.statement?.written ?? '', this.#session.outbox),
  ): Promise<Relay> {
    await this.#session.backend.exchange(bytes, (frame) => {
      if (!'123'.includes(frame.type)) relay.take(frame);
      return frame.type === 'Z' || until.includes(frame.type) || (frame.type === 'E' && until !== 'Z');
    });
    if (!relay.problem) return relay;
    if (until !== 'Z') await this.#session.backend.exchange(sync(), (frame) => frame.type === 'Z');
    throw StatementError.of(relay.problem);
  }

  async #bind(cursor: Cursor): Promise<void> {
    const name = cursor.text();
    const prepared = this.#find(cursor.text());
    const portal: Portal = {
      prepared,
      name,
      values: cursor.body.subarray(cursor.at),
      bound: false,
      described: false,
      readers: undefined,
    };
    if (prepared.plan?.kind === 'forward') await this.#bindThere(portal, prepared.plan);
    this.#portals.set(name, portal);
    this.#session.outbox.put(message('2'));
  }

  async #bindThere(portal: Portal, plan: Forward): Promise<void> {
    const { prepared } = portal;
    if (prepared.on !== this.#session.backend) await this.#parseThere(prepared, plan);
    const bind = message('B', text(portal.name), text(prepared.name), portal.values);
    await this.#exchange(Buffer.concat([bind, flush()]), plan, prepared, '2');
    portal.bound = true;
  }

  async #describe(cursor: Cursor): Promise<void> {
    const kind = String.fromCharCode(...cursor.bytes(1));
    const name = cursor.text();
    const portal = kind === 'P' ? this.#portal(name) : undefined;
    const prepared = portal?.prepared ?? this.#find(name);
    const { plan } = prepared;
    if (plan?.kind !== 'forward') return this.#describeHere(kind, plan);
    if (portal && !portal.bound) await this.#bindThere(portal, plan);
    if (prepared.on !== this.#session.backend) await this.#parseThere(prepared, plan);
    const describe = message('D', kind, text(name));
    const relay = await this.#exchange(Buffer.concat([describe, flush()]), plan, prepared, 'Tn');
    if (portal) Object.assign(portal, { described: true, readers: relay.readers });
  }

  #describeHere(kind: string, plan: Local | undefined): void {
    const { outbox } = this.#session;
    if (kind === 'S') outbox.put(message('t', int16(0)));
    outbox.put(plan?.columns ? rowDescription(plan.columns) : message('n'));
  }

  async #execute(cursor: Cursor): Promise<void> {
    const portal = this.#portal(cursor.text());
    const limit = cursor.body.subarray(cursor.at);
    const { plan, statement } = portal.prepared;
    if (!plan || !statement) return this.#session.outbox.put(message('I'));
    await this.#session.perform(statement.source, async () => {
      if (plan.kind === 'local') {
        await this.#session.translate(statement);
        tellAnswer(this.#session.outbox, await plan.execute(), true);
        return;
      }
      await this.#run(portal, plan, statement, limit);
    });
    this.#session.afterwards(statement);
  }

  async #run(portal: Portal, plan: Forward, statement: Statement, limit: Buffer): Promise<void> {
    if (this.#session.transaction.state === 'committed') await this.#session.translate(statement);
    if (!portal.bound) await this.#bindThere(portal, plan);
    const relay = new Relay(plan, statement.written ?? statement.source, this.#session.outbox);
    relay.described(portal.readers ?? (await this.#readers(portal)));
    const execute = message('E', text(portal.name), limit);
    portal.bound = this.#session.backend.status === 'T' && limit.some(Boolean);
    await this.#exchange(Buffer.concat([execute, sync()]), plan, portal.prepared, 'Z', relay);
  }

  /** How rows must be changed, when the client did not ask for their description. */
  async #readers(portal: Portal): Promise<(ValueReader | undefined)[] | undefined> {
    if (portal.described) return undefined;
    const { outbox } = this.#session;
    const was = outbox.muted;
    outbox.muted = true;
    try {
      await this.#describe(new Cursor(Buffer.concat([Buffer.from('P'), text(portal.name)])));
    } finally {
      outbox.muted = was;
    }
    return portal.readers;
  }

  async #close(cursor: Cursor): Promise<void> {
    const kind = String.fromCharCode(...cursor.bytes(1));
    const name = cursor.text();
    if (kind === 'S') this.#prepared.delete(name);
    else this.#portals.delete(name);
    this.#session.outbox.put(message('3'));
  }

  #find(name: string): Prepared {
    const prepared = this.#prepared.get(name);
    if (!prepared) throw new StatementError(SQLSTATE.invalidSqlStatementName, `unknown prepared statement "${name}"`);
    return prepared;
  }

  #portal(name: string): Portal {
    const portal = this.#portals.get(name);
    if (!portal) throw new StatementError(SQLSTATE.invalidCursorName, `unknown portal "${name}"`);
    return portal;
  }
}
