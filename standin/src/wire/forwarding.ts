import { encode, text } from '../protocol/encode.ts';
import { CLIENT, SERVER, TARGET } from '../protocol/message-types.ts';
import { flush, sync } from '../protocol/messages.ts';
import { StatementError } from '../protocol/statement-error.ts';
import type { Forward } from '../sql/translation/translation.ts';
import type { Statement } from '../sql/text/statement.ts';
import type { Backend } from './backend.ts';
import { leavesTypesOpen, widenedTypes } from './parameter-types.ts';
import { backendOf } from './placing.ts';
import type { Portal, Prepared } from './prepared.ts';
import { Relay, type Readers } from './relay.ts';
import type { Session } from './session.ts';

/** The stand-in sends these acknowledgements itself, because PostgreSQL does not see every statement. */
const ACKNOWLEDGEMENTS: string[] = [SERVER.parseComplete, SERVER.bindComplete, SERVER.closeComplete];
/** The messages that end the answer to a Describe, of a statement with rows and of one without. */
const DESCRIBED: string[] = [SERVER.rowDescription, SERVER.noData];

/** Carries out at PostgreSQL what the extended protocol asks for. Throws StatementError when PostgreSQL refuses. */
export class Forwarding {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async parse(prepared: Prepared, translation: Forward): Promise<void> {
    const { name, statement, types } = prepared;
    const backend = await this.#backend(prepared);
    const close = encode(CLIENT.close, TARGET.statement, text(name));
    const parse = async (withTypes: Buffer, ...more: Buffer[]): Promise<Buffer | undefined> => {
      const bytes = encode(CLIENT.parse, text(name), text(translation.sql), withTypes);
      return await this.#described(backend, Buffer.concat([close, bytes, ...more]), this.#relay(prepared, translation));
    };
    if (statement && leavesTypesOpen(types, statement)) {
      const described = await parse(types, encode(CLIENT.describe, TARGET.statement, text(name)));
      const widened = described && widenedTypes(types, described, statement);
      if (widened) await parse(widened);
    } else await parse(types);
    prepared.parsedOn = backend;
  }

  async bind(portal: Portal, translation: Forward): Promise<void> {
    const { prepared } = portal;
    await this.#parseHere(prepared, translation);
    const bind = encode(CLIENT.bind, text(portal.name), text(prepared.name), portal.values);
    await this.#flushed(await this.#backend(prepared), bind, this.#relay(prepared, translation), [SERVER.bindComplete]);
    portal.bound = true;
  }

  /** Relays PostgreSQL's description to the client. */
  async describe(target: Prepared | Portal, translation: Forward): Promise<void> {
    const [portal, prepared] = 'prepared' in target ? [target, target.prepared] : [undefined, target];
    if (portal && !portal.bound) await this.bind(portal, translation);
    await this.#parseHere(prepared, translation);
    const describe = encode(CLIENT.describe, portal ? TARGET.portal : TARGET.statement, text(target.name));
    const relay = this.#relay(prepared, translation);
    await this.#flushed(await this.#backend(prepared), describe, relay, DESCRIBED);
    if (portal) Object.assign(portal, { described: true, readers: relay.readers });
  }

  /** Relays the rows to the client; `limit` is the maximum number, as in the client's Execute. */
  async execute(portal: Portal, translation: Forward, statement: Statement, limit: Buffer): Promise<void> {
    if (!portal.bound) await this.bind(portal, translation);
    const relay = new Relay(translation, statement.written ?? statement.source, this.#session.outbox);
    relay.described(portal.readers ?? (await this.#readers(portal, translation)));
    const execute = encode(CLIENT.execute, text(portal.name), limit);
    // Without a limit and outside a transaction, this ends the portal.
    const backend = await this.#backend(portal.prepared);
    portal.bound = backend.status === 'T' && limit.some(Boolean);
    await this.#synced(backend, execute, relay);
    await this.#session.assign(relay.assigned);
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
    if (relay.error) throw StatementError.of(relay.error);
    return described;
  }

  /** Sends messages and Sync, and relays the answers up to ReadyForQuery. */
  async #synced(backend: Backend, bytes: Buffer, relay: Relay): Promise<void> {
    await backend.exchange(Buffer.concat([bytes, sync()]), (message) => {
      if (!ACKNOWLEDGEMENTS.includes(message.type)) relay.take(message);
      return message.type === SERVER.readyForQuery;
    });
    if (relay.error) throw StatementError.of(relay.error);
  }

  /** Sends a message and Flush, and relays the answers up to one of these types, or to an error. */
  async #flushed(backend: Backend, bytes: Buffer, relay: Relay, until: string[]): Promise<void> {
    const last = [...until, SERVER.errorResponse, SERVER.readyForQuery];
    await backend.exchange(Buffer.concat([bytes, flush()]), (message) => {
      if (!ACKNOWLEDGEMENTS.includes(message.type)) relay.take(message);
      return last.includes(message.type);
    });
    if (!relay.error) return;
    // After an error PostgreSQL skips everything up to Sync.
    await backend.exchange(sync(), (message) => message.type === SERVER.readyForQuery);
    throw StatementError.of(relay.error);
  }
}
