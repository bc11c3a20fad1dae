import { encode, text } from '../protocol/encode.ts';
import { CLIENT, SERVER, TARGET } from '../protocol/message-types.ts';
import { flush, sync } from '../protocol/messages.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { Forward } from '../sql/translation/translation.ts';
import type { Statement } from '../sql/text/statement.ts';
import type { Backend } from './backend.ts';
import { withoutJson } from './json-parameters.ts';
import { leavesTypesOpen, widenedTypes } from './parameter-types.ts';
import { backendOf } from './placing.ts';
import { nameForPostgres, type Opening, type Portal, type Prepared } from './prepared.ts';
import { Relay } from './relay.ts';
import type { Session } from './session.ts';

/** The stand-in sends these acknowledgements itself, because PostgreSQL does not see every statement. */
const ACKNOWLEDGEMENTS: string[] = [SERVER.parseComplete, SERVER.bindComplete, SERVER.closeComplete];
/** The messages that end the answer to a Describe, of a statement with rows and of one without. */
const DESCRIBED: string[] = [SERVER.rowDescription, SERVER.noData];

/** Returns the messages that bind a portal, and end one of the same name. */
function bindMessages(portal: Portal): Buffer {
  const name = text(nameForPostgres(portal));
  const close = encode(CLIENT.close, TARGET.portal, name);
  return Buffer.concat([close, encode(CLIENT.bind, name, text(nameForPostgres(portal.prepared)), portal.values)]);
}

/** Carries out at PostgreSQL what the extended protocol asks for. Throws StatementError when PostgreSQL refuses. */
export class Forwarding {
  readonly #session: Session;
  /** The connection that waits for Sync: until then PostgreSQL keeps locks, even outside a transaction. */
  #unsynced: Backend | undefined;
  #opening: Opening | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Ends what PostgreSQL has begun without Sync, such as a portal that was bound and not executed. */
  async settle(): Promise<void> {
    const backend = this.#unsynced;
    if (backend && !backend.lost) await this.#sync(backend);
  }

  async parse(prepared: Prepared, translation: Forward): Promise<void> {
    const { statement } = prepared;
    const types = withoutJson(prepared.types);
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

  /** Takes a client's Bind. PostgreSQL is told of it by `execute`, or by `open` if something else comes first. */
  bind(portal: Portal, translation: Forward): void {
    this.#opening = { portal, translation, isDescribed: false };
  }

  /** Whether it is the portal of the last Bind, of which PostgreSQL has not been told. */
  isOpening(portal: Portal | undefined): boolean {
    return this.#opening !== undefined && this.#opening.portal === portal;
  }

  /** Returns the last Bind of which PostgreSQL has not been told, and forgets it. */
  takeOpening(): Opening | undefined {
    const opening = this.#opening;
    this.#opening = undefined;
    return opening;
  }

  /** Tells PostgreSQL of the last Bind, if it has not been told, and the client what it waits for since. */
  async open(): Promise<void> {
    const opening = this.takeOpening();
    if (!opening) return;
    const { portal, translation, isDescribed } = opening;
    await this.#bind(portal, translation);
    this.#session.outbox.put(encode(SERVER.bindComplete));
    if (isDescribed) await this.describe(portal, translation);
  }

  async #bind(portal: Portal, translation: Forward): Promise<void> {
    const { prepared } = portal;
    await this.#parseHere(prepared, translation);
    const backend = await this.#backend(prepared);
    const relay = this.#relay(prepared, translation);
    await this.#flushed(backend, bindMessages(portal), relay, [SERVER.bindComplete]);
    portal.boundIn = this.#session.transaction.number;
  }

  /** Relays PostgreSQL's description to the client. */
  async describe(target: Prepared | Portal, translation: Forward): Promise<void> {
    const [portal, prepared] = 'prepared' in target ? [target, target.prepared] : [undefined, target];
    if (portal && this.isOpening(portal) && !this.#opening!.isDescribed) {
      this.#opening!.isDescribed = true;
      return;
    }
    await this.open();
    if (portal && !this.#isBound(portal)) await this.#bind(portal, translation);
    await this.#parseHere(prepared, translation);
    const kind = portal ? TARGET.portal : TARGET.statement;
    const bytes = encode(CLIENT.describe, kind, text(nameForPostgres(target)));
    const relay = this.#relay(prepared, translation);
    const backend = await this.#backend(prepared);
    // A statement is described at once, so that no locks are kept until the client's Sync. That would end a portal.
    if (portal || this.#unsynced) await this.#flushed(backend, bytes, relay, DESCRIBED);
    else await this.#synced(backend, bytes, relay, DESCRIBED);
    if (portal) Object.assign(portal, { described: true, readers: relay.readers });
  }

  /** Relays PostgreSQL's description of a cursor that DECLARE has made. */
  async describeCursor(name: string): Promise<void> {
    await this.open();
    const relay = new Relay({ kind: 'forward', sql: '' }, '', this.#session.outbox);
    await this.#synced(this.#session.backend, encode(CLIENT.describe, TARGET.portal, text(name)), relay, DESCRIBED);
  }

  /**
   * Relays the rows to the client; `limit` is the maximum number, as in the client's Execute. A portal that PostgreSQL
   * does not have is bound and described in the same exchange; `opening` is its Bind if the client waits for that, too.
   */
  async execute(
    portal: Portal,
    translation: Forward,
    statement: Statement,
    limit: Buffer,
    opening: Opening | undefined,
  ): Promise<void> {
    await this.#parseHere(portal.prepared, translation);
    const relay = new Relay(translation, statement.written ?? statement.source, this.#session.outbox);
    relay.described(portal.readers);
    const isBound = this.#isBound(portal);
    const name = text(nameForPostgres(portal));
    const messages = isBound ? [] : [bindMessages(portal)];
    if (!isBound || !portal.described) messages.push(encode(CLIENT.describe, TARGET.portal, name));
    messages.push(encode(CLIENT.execute, name, limit));
    const backend = await this.#backend(portal.prepared);
    // Outside a transaction, Sync ends the portal. In one it would keep its tables from being dropped.
    portal.boundIn = undefined;
    const end = encode(CLIENT.close, TARGET.portal, name);
    const isLimited = limit.some(Boolean);
    if (!isLimited) messages.push(end);
    const asked = opening ? [SERVER.bindComplete, ...(opening.isDescribed ? DESCRIBED : [])] : [];
    await this.#synced(backend, Buffer.concat(messages), relay, asked);
    Object.assign(portal, { completed: relay.completed, described: true, readers: relay.readers });
    if (isLimited && backend.status === 'T')
      if (portal.completed === undefined) portal.boundIn = this.#session.transaction.number;
      else await this.#synced(backend, end, relay, []);
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

  /**
   * Sends messages and Sync, and relays the answers up to ReadyForQuery. Acknowledgements and descriptions are relayed
   * only if they are `asked` for.
   */
  async #synced(backend: Backend, bytes: Buffer, relay: Relay, asked: readonly string[]): Promise<void> {
    await backend.exchange(Buffer.concat([bytes, sync()]), (message) => {
      const { type } = message;
      if (DESCRIBED.includes(type)) relay.describe(message, asked.includes(type));
      else if (!ACKNOWLEDGEMENTS.includes(type)) relay.take(message);
      else if (asked.includes(type)) this.#session.outbox.put(message.bytes);
      return type === SERVER.readyForQuery;
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
