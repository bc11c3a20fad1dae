import { encode, text } from '../protocol/encode.ts';
import { CLIENT, SERVER, TARGET } from '../protocol/message-types.ts';
import { flush, sync } from '../protocol/messages.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { Forward } from '../sql/translation/translation.ts';
import type { Statement } from '../sql/text/statement.ts';
import type { Backend } from './backend.ts';
import { leavesTypesOpen, widenedTypes } from './parameter-types.ts';
import { backendOf } from './placing.ts';
import { nameForPostgres, type Portal, type Prepared } from './prepared.ts';
import { Relay, type Readers } from './relay.ts';
import type { Session } from './session.ts';

/** The stand-in sends these acknowledgements itself, because PostgreSQL does not see every statement. */
const ACKNOWLEDGEMENTS: string[] = [SERVER.parseComplete, SERVER.bindComplete, SERVER.closeComplete];
/** The messages that end the answer to a Describe, of a statement with rows and of one without. */
const DESCRIBED: string[] = [SERVER.rowDescription, SERVER.noData];

/** Carries out at PostgreSQL what the extended protocol asks for. Throws StatementError when PostgreSQL refuses. */
export class Forwarding {
  readonly #session: Session;
  /** The connection that waits for Sync: until then PostgreSQL keeps locks, even outside a transaction. */
  #unsynced: Backend | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Ends what PostgreSQL has begun without Sync, such as a portal that was bound and not executed. */
  async settle(): Promise<void> {
    const backend = this.#unsynced;
    if (backend && !backend.lost) await this.#sync(backend);
  }

  async parse(prepared: Prepared, translation: Forward): Promise<void> {
    const { statement, types } = prepared;
    const name = text(nameForPostgres(prepared));
    const backend = await this.#backend(prepared);
    const close = encode(CLIENT.close, TARGET.statement, name);
    const parse = async (withTypes: Buffer, ...more: Buffer[]): Promise<Buffer | undefined> => {
      const bytes = encode(CLIENT.parse, name, text(translation.sql), withTypes);
      return await this.#described(backend, Buffer.concat([close, bytes, ...more]), this.#relay(prepared, translation));
    };
    if (statement && leavesTypesOpen(types, statement)) {
      const described = await parse(types, encode(CLIENT.describe, TARGET.statement, name));
      const widened = described && widenedTypes(types, described, statement);
      if (widened) await parse(widened);
    } else await parse(types);
    prepared.parsedOn = backend;
  }

  async bind(portal: Portal, translation: Forward): Promise<void> {
    const { prepared } = portal;
    await this.#parseHere(prepared, translation);
    const name = text(nameForPostgres(portal));
    const bytes = Buffer.concat([
      encode(CLIENT.close, TARGET.portal, name),
      encode(CLIENT.bind, name, text(nameForPostgres(prepared)), portal.values),
    ]);
    const backend = await this.#backend(prepared);
    await this.#flushed(backend, bytes, this.#relay(prepared, translation), [SERVER.bindComplete]);
    portal.boundIn = this.#session.transaction.number;
  }

  /** Relays PostgreSQL's description to the client. */
  async describe(target: Prepared | Portal, translation: Forward): Promise<void> {
    const [portal, prepared] = 'prepared' in target ? [target, target.prepared] : [undefined, target];
    if (portal && !this.#isBound(portal)) await this.bind(portal, translation);
    await this.#parseHere(prepared, translation);
    const kind = portal ? TARGET.portal : TARGET.statement;
    const bytes = encode(CLIENT.describe, kind, text(nameForPostgres(target)));
    const relay = this.#relay(prepared, translation);
    const backend = await this.#backend(prepared);
    // A statement is described at once, so that no locks are kept until the client's Sync. That would end a portal.
    if (portal || this.#unsynced) await this.#flushed(backend, bytes, relay, DESCRIBED);
    else await this.#synced(backend, bytes, relay);
    if (portal) Object.assign(portal, { described: true, readers: relay.readers });
  }

  /** Relays the rows to the client; `limit` is the maximum number, as in the client's Execute. */
  async execute(portal: Portal, translation: Forward, statement: Statement, limit: Buffer): Promise<void> {
    if (!this.#isBound(portal)) await this.bind(portal, translation);
    const relay = new Relay(translation, statement.written ?? statement.source, this.#session.outbox);
    relay.described(portal.readers ?? (await this.#readers(portal, translation)));
    const name = text(nameForPostgres(portal));
    const execute = encode(CLIENT.execute, name, limit);
    const backend = await this.#backend(portal.prepared);
    // Outside a transaction, Sync ends the portal. In one it would keep its tables from being dropped.
    portal.boundIn = undefined;
    const end = encode(CLIENT.close, TARGET.portal, name);
    const isLimited = limit.some(Boolean);
    await this.#synced(backend, isLimited ? execute : Buffer.concat([execute, end]), relay);
    portal.completed = relay.completed;
    if (isLimited && backend.status === 'T')
      if (portal.completed === undefined) portal.boundIn = this.#session.transaction.number;
      else await this.#synced(backend, end, relay);
    await this.#session.assign(relay.assigned);
  }

  /** Ends a portal that the client closes. */
  async close(portal: Portal): Promise<void> {
    if (!this.#isBound(portal)) return;
    portal.boundIn = undefined;
    const backend = await this.#backend(portal.prepared);
    await backend.exchange(
      Buffer.concat([encode(CLIENT.close, TARGET.portal, text(nameForPostgres(portal))), flush()]),
      ({ type }) => type === SERVER.closeComplete,
    );
  }

  #isBound({ boundIn }: Portal): boolean {
    return boundIn === this.#session.transaction.number;
  }

  /** Returns how rows must be converted when the client did not ask for their description. */
  async #readers(portal: Portal, translation: Forward): Promise<Readers> {
    if (portal.described) return undefined;
    const { outbox } = this.#session;
    const was = outbox.muted;
    outbox.muted = true;
    try {
      await this.describe(portal, translation);
    } finally {
      outbox.muted = was;
    }
    return portal.readers;
  }

  async #parseHere(prepared: Prepared, translation: Forward): Promise<void> {
    if (prepared.parsedOn !== (await this.#backend(prepared))) await this.parse(prepared, translation);
  }

  async #backend({ place }: Prepared): Promise<Backend> {
    return await backendOf(this.#session, place);
  }

  #relay(prepared: Prepared, translation: Forward): Relay {
    return new Relay(translation, prepared.statement?.written ?? '', this.#session.outbox);
  }

  /** Sends messages and Sync, and returns the body of the ParameterDescription among the answers, which it keeps. */
  async #described(backend: Backend, bytes: Buffer, relay: Relay): Promise<Buffer | undefined> {
    let described: Buffer | undefined;
    await backend.exchange(Buffer.concat([bytes, sync()]), (message) => {
      const { type, body } = message;
      if (type === SERVER.parameterDescription) described = body;
      if (type === SERVER.errorResponse) relay.take(message);
      return type === SERVER.readyForQuery;
    });
    this.#unsynced = undefined;
    if (relay.error) throw StatementError.of(relay.error);
    return described;
  }

  /** Sends messages and Sync, and relays the answers up to ReadyForQuery. */
  async #synced(backend: Backend, bytes: Buffer, relay: Relay): Promise<void> {
    await backend.exchange(Buffer.concat([bytes, sync()]), (message) => {
      if (!ACKNOWLEDGEMENTS.includes(message.type)) relay.take(message);
      return message.type === SERVER.readyForQuery;
    });
    this.#unsynced = undefined;
    if (relay.error) throw StatementError.of(relay.error);
  }

  /** Sends a message and Flush, and relays the answers up to one of these types, or to an error. */
  async #flushed(backend: Backend, bytes: Buffer, relay: Relay, until: string[]): Promise<void> {
    const last = [...until, SERVER.errorResponse, SERVER.readyForQuery];
    this.#unsynced = backend;
    await backend.exchange(Buffer.concat([bytes, flush()]), (message) => {
      if (!ACKNOWLEDGEMENTS.includes(message.type)) relay.take(message);
      return last.includes(message.type);
    });
    if (!relay.error) return;
    // After an error PostgreSQL skips everything up to Sync.
    await this.#sync(backend);
    throw StatementError.of(relay.error);
  }

  async #sync(backend: Backend): Promise<void> {
    this.#unsynced = undefined;
    await backend.exchange(sync(), (message) => message.type === SERVER.readyForQuery);
  }
}
