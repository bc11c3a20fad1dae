import type { EventEmitter } from 'node:events';
import { connect } from 'node:net';
import pg from 'pg';
import { CommandError } from '../command-line/command-error.ts';
import type { Event } from './results.ts';
import { connectError } from './connect-error.ts';
import type { ConnectOptions } from './connect-options.ts';
import { errorText } from './error-text.ts';
import type { ServerMessage } from './error-text.ts';
import { readTls } from './client-certificates.ts';

const CONNECT_MS = 15_000;
const CLOSE_MS = 500;
const CANCEL_MS = 5000;
const CANCEL_REQUEST = 80_877_102;
const NO_COPY = 'COPY FROM STDIN is not in this shell: use a driver';

/** The connection broke; what it was doing is not known. */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost';
}

/** Transaction status as the server gives it: none, open, failed. */
export type Status = 'I' | 'T' | 'E';

interface Wire extends EventEmitter {
  query: (text: string) => void;
  sendCopyFail: (reason: string) => void;
}

/** One connection of the shell. Values come as text; notices go to stderr as they come. */
export class Connection {
  readonly #client: pg.Client;
  readonly #wire: Wire;
  status: Status = 'I';
  lost = false;

  private constructor(client: pg.Client) {
    this.#client = client;
    this.#wire = (client as unknown as { connection: Wire }).connection;
    this.#wire.on('readyForQuery', (message: { status: Status }) => (this.status = message.status));
    client.on('notice', (notice) => process.stderr.write(`${errorText(notice as ServerMessage)}\n`));
    client.on('error', () => (this.lost = true));
    client.on('end', () => (this.lost = true));
  }

  /**
   * Connects; asks for a password once when the server wants one and none is known. Throws CommandError in the words of
   * `cockroach sql`.
   *
   * @param askPassword gives undefined when there is nobody to ask
   */
  static async open(options: ConnectOptions, askPassword: () => Promise<string | undefined>): Promise<Connection> {
    const tls = await readTls(options.tls, options.user);
    const attempt = async (password: string): Promise<Connection> => {
      const client = new pg.Client({
        host: options.host,
        port: options.port,
        user: options.user,
        database: options.database,
        password: () => password,
        ssl: tls ?? false,
        application_name: '$ cockroach sql',
        connectionTimeoutMillis: CONNECT_MS,
      });
      const connection = new Connection(client);
      await client.connect();
      return connection;
    };
    try {
      return await attempt(options.password ?? '').catch(async (cause: unknown) => {
        const wanted =
          options.password === undefined && /^password authentication failed/.test((cause as Error).message);
        const password = wanted ? await askPassword() : undefined;
        if (password === undefined) throw cause;
        return await attempt(password);
      });
    } catch (cause) {
      throw new CommandError(connectError(cause, options, tls?.ca as string | undefined));
    }
  }

  /** Sends a text of one or more statements; gives what the server said, errors included. Throws ConnectionLost. */
  async query(text: string): Promise<Event[]> {
    const events: Event[] = [];
    return await new Promise<Event[]>((settle, fail) => {
      const gone = (): void => fail(new ConnectionLost('driver: bad connection'));
      const ready = (): void => {
        this.#client.off('end', gone);
        settle(events);
      };
      if (this.lost) return gone();
      this.#client.once('end', gone);
      this.#client.query(collector(text, events, () => this.#wire.once('readyForQuery', ready)) as never);
    });
  }

  /** Has the server give up the statement under way; it fails then. Never throws. */
  cancel(): void {
    const { processID, secretKey, host, port } = this.#client as unknown as {
      processID: number | null;
      secretKey: number | null;
      host: string;
      port: number;
    };
    // Servers may give no key.
    if (this.lost || !processID || !secretKey) return;
    const request = Buffer.alloc(16);
    for (const [at, word] of [16, CANCEL_REQUEST, processID, secretKey].entries()) request.writeInt32BE(word, 4 * at);
    const asking = connect({ host, port, timeout: CANCEL_MS }, () => asking.end(request));
    asking
      .on('error', () => undefined)
      .on('timeout', () => asking.destroy())
      .resume();
  }

  /** Ends the connection, and with it whatever it is doing. Never throws. */
  async close(): Promise<void> {
    await Promise.race([
      this.#client.end().catch(() => undefined),
      new Promise((wake) => setTimeout(wake, CLOSE_MS).unref()),
    ]);
  }
}

/** A query in the form that `pg` takes from outside, which notes every message in order. */
function collector(text: string, events: Event[], sent: () => void): object {
  let copying = false;
  return {
    submit: (wire: Wire) => {
      sent();
      wire.query(text);
    },
    handleRowDescription: (message: { fields: { name: string; dataTypeID: number }[] }) => {
      events.push({
        type: 'columns',
        names: message.fields.map((field) => field.name),
        types: message.fields.map((field) => field.dataTypeID),
      });
    },
    handleDataRow: (message: { fields: (string | null)[] }) => events.push({ type: 'row', values: message.fields }),
    handleCommandComplete: (message: { text: string }) => events.push({ type: 'complete', tag: message.text }),
    handleEmptyQuery: () => events.push({ type: 'empty' }),
    handleError: (error: Error) => {
      if (error instanceof pg.DatabaseError)
        events.push({ type: 'error', error: copying ? { message: NO_COPY } : error });
    },
    handleCopyInResponse: (wire: Wire) => {
      copying = true;
      wire.sendCopyFail(NO_COPY);
    },
    handleCopyData: () => undefined,
    handlePortalSuspended: () => undefined,
    handleReadyForQuery: () => undefined,
  };
}
