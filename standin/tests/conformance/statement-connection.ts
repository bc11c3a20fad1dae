import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Login, Seen, StatementAnswer, Step, Trouble } from './statement-recording.ts';

/** Longer than CockroachDB ever took: no answer within this time counts as an answer too. */
const ANSWER_MS = 20_000;

/** The engine's address. The folder `certificates` holds ca.crt and client.<user>.crt and .key. */
export interface Address {
  port: number;
  certificates?: string;
}

/** What `pg` sends and hears, which its types do not have in full. */
type Raw = Pick<pg.Connection, 'on' | 'once' | 'off'> & {
  parse: (query: { text: string; name: string; types: number[] }) => void;
  bind: (config: { values: (string | null)[]; portal: string; statement: string }) => void;
  describe: (what: { type: 'S' | 'P'; name: string }) => void;
  execute: (config: { portal: string; rows: number }) => void;
  sync: () => void;
  query: (text: string) => void;
  sendCopyFail: (message: string) => void;
  sendCopyFromChunk: (chunk: Buffer) => void;
  endCopyFrom: () => void;
  stream: { destroy: () => void };
  prependListener: (event: string, listener: (message: { status: string }) => void) => void;
};

const OF_RAW = ['parse', 'bind', 'describe', 'execute', 'sync', 'query', 'sendCopyFail', 'sendCopyFromChunk'];

function isRaw(connection: object): connection is Raw {
  return OF_RAW.every((name) => typeof Reflect.get(connection, name) === 'function');
}

/** Returns an error of pg in the recording's form. */
export function trouble(error: unknown): Trouble {
  const { code, message, detail, hint } = error as { code?: string; message: string; detail?: string; hint?: string };
  return { code: code ?? 'NONE', message, detail, hint };
}

/** A connection that returns what arrived over the wire, as text. */
export class Connection {
  readonly #client: pg.Client;
  readonly #raw: Raw;
  #status: string | null = null;
  #lost = false;

  private constructor(client: pg.Client) {
    this.#client = client;
    const raw: object = client.connection;
    if (!isRaw(raw)) throw new Error('This version of pg sends its messages in another way.');
    this.#raw = raw;
    client.on('error', () => (this.#lost = true));
    this.#raw.prependListener('readyForQuery', (message) => (this.#status = message.status));
  }

  /** Throws the error with which the engine refused the login. */
  static async open(address: Address, { user, database }: Login): Promise<Connection> {
    const file = (name: string): Buffer => readFileSync(join(address.certificates!, name));
    const ssl = address.certificates !== undefined && {
      ca: file('ca.crt'),
      cert: file(`client.${user}.crt`),
      key: file(`client.${user}.key`),
    };
    const types = { getTypeParser: () => (value: unknown) => value };
    const client = new pg.Client({
      host: 'localhost',
      port: address.port,
      user,
      database,
      ssl,
      types,
      connectionTimeoutMillis: ANSWER_MS,
    });
    const connection = new Connection(client);
    await client.connect();
    return connection;
  }

  /** Sends a step and returns everything that it led to. Never throws. */
  async ask(step: Step): Promise<Seen> {
    const seen: Seen = { answers: [], error: null, status: null };
    if (this.#lost) return { ...seen, error: { code: 'LOST', message: 'the connection was lost' } };
    const over = Promise.withResolvers<void>();
    const fail = (error: Trouble): void => {
      seen.error ??= error;
      over.resolve();
    };
    const gone = (): void => fail({ code: 'LOST', message: 'the connection was lost' });
    const described = (message: unknown): void =>
      void (seen.params = [...(message as { dataTypeIDs: number[] }).dataTypeIDs]);
    const timer = setTimeout(() => {
      this.#lost = true;
      fail({ code: 'LATE', message: `no answer within ${ANSWER_MS / 1000} s` });
      this.#raw.stream.destroy();
    }, ANSWER_MS);
    this.#raw.on('parameterDescription', described);
    this.#raw.once('readyForQuery', () => over.resolve());
    this.#client.once('end', gone);
    this.#client.query(listener(step, seen) as never);
    await over.promise;
    clearTimeout(timer);
    this.#client.off('end', gone);
    this.#raw.off('parameterDescription', described);
    seen.status = this.#lost ? null : this.#status;
    return seen;
  }

  async close(): Promise<void> {
    await Promise.race([
      this.#client.end().catch(() => undefined),
      new Promise((wake) => setTimeout(wake, 2000).unref()),
    ]);
  }
}

/** Returns what pg takes for a query: pg passes every message to it. */
function listener(step: Step, seen: Seen): object {
  let columns: StatementAnswer['columns'] = [];
  let rows: StatementAnswer['rows'] = [];
  const finish = (tag: string): void => {
    seen.answers.push({ columns, rows, tag });
    columns = [];
    rows = [];
  };
  return {
    submit(raw: Raw) {
      if (step.protocol !== 'extended') return raw.query(step.sql ?? '');
      raw.parse({ text: step.sql ?? '', name: '', types: step.paramTypes ?? [] });
      raw.describe({ type: 'S', name: '' });
      raw.bind({ values: step.params ?? [], portal: '', statement: '' });
      raw.describe({ type: 'P', name: '' });
      raw.execute({ portal: '', rows: 0 });
      raw.sync();
    },
    handleRowDescription: (message: { fields: { name: string; dataTypeID: number }[] }) =>
      (columns = message.fields.map((field) => ({ name: field.name, oid: field.dataTypeID }))),
    handleDataRow: (message: { fields: (string | null)[] }) => rows.push(message.fields),
    handleCommandComplete: (message: { text: string }) => finish(message.text),
    handleEmptyQuery: () => finish(''),
    handlePortalSuspended: () => finish('(suspended)'),
    handleCopyInResponse(raw: Raw) {
      if (step.copy === undefined) return raw.sendCopyFail('no data');
      raw.sendCopyFromChunk(Buffer.from(step.copy));
      raw.endCopyFrom();
    },
    handleCopyData: (message: { chunk: Buffer }) => rows.push([message.chunk.toString()]),
    handleError: (error: unknown) => (seen.error ??= trouble(error)),
    handleReadyForQuery: () => undefined,
  };
}
