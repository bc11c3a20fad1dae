import pg from 'pg';
import { CommandError } from '../command-line/command-error.ts';
import { sendCancelRequest } from '../protocol/cancel.ts';
import { encode, int32, text } from '../protocol/encode.ts';
import { CLIENT, type TransactionStatus } from '../protocol/message-types.ts';
import { readClientCertificates } from './client-certificates.ts';
import { connectError } from './connect-error.ts';
import type { ConnectOptions } from './connect-options.ts';
import { errorText, type ServerMessage } from './error-text.ts';
import type { ServerEvent } from './results.ts';

const CONNECT_MS = 15_000;
const CLOSE_MS = 500;
const NO_COPY = 'COPY FROM STDIN is not in this shell: use a driver';

/** The connection broke; whether the statement was executed is not known. */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost';
}

/** The shell's connection to a server. Values arrive as text; notices go to stderr as they arrive. */
export class ServerConnection {
  readonly #client: pg.Client;
  status: TransactionStatus = 'I';
  lost = false;
  #cancelKey: Buffer | undefined;

  private constructor(client: pg.Client) {
    this.#client = client;
    client.connection.on('readyForQuery', ({ status }: { status: TransactionStatus }) => (this.status = status));
    client.connection.on('backendKeyData', ({ processID, secretKey }: { processID: number; secretKey: number }) => {
      // A server that cannot cancel sends zeros.
      if (processID && secretKey) this.#cancelKey = Buffer.concat([int32(processID), int32(secretKey)]);
    });
    client.on('notice', (notice) => process.stderr.write(`${errorText(notice as ServerMessage)}\n`));
    client.on('error', () => (this.lost = true));
    client.on('end', () => (this.lost = true));
  }

  /**
   * Connects. When the server requires a password and none is known, asks for it once; `askPassword` returns undefined
   * when there is nobody to ask. Throws CommandError in the words of `cockroach sql`.
   */
  static async open(
    options: ConnectOptions,
    askPassword: () => Promise<string | undefined>,
  ): Promise<ServerConnection> {
    const tls = await readClientCertificates(options.tls, options.user);
    const attempt = async (password: string): Promise<ServerConnection> => {
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
      const connection = new ServerConnection(client);
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

  /**
   * Sends a text of one or more statements. Returns what the server answered, errors included. Throws ConnectionLost.
   */
  async query(sql: string): Promise<ServerEvent[]> {
    const events: ServerEvent[] = [];
    return await new Promise<ServerEvent[]>((settle, fail) => {
      const gone = (): void => fail(new ConnectionLost('driver: bad connection'));
      const ready = (): void => {
        this.#client.off('end', gone);
        settle(events);
      };
      if (this.lost) return gone();
      this.#client.once('end', gone);
      this.#client.query(collector(sql, events, ready));
    });
  }

  /** Asks the server to cancel the running statement, which then fails. Never throws. */
  cancel(): void {
    const { host, port } = this.#client;
    if (!this.lost && this.#cancelKey) void sendCancelRequest({ host, port }, this.#cancelKey);
  }

  /** Ends the connection, and with it whatever it is doing. Never throws. */
  async close(): Promise<void> {
    await Promise.race([
      this.#client.end().catch(() => undefined),
      new Promise((wake) => setTimeout(wake, CLOSE_MS).unref()),
    ]);
  }
}

/** What pg calls on a custom query object. Its types declare only `submit`. */
interface Collector extends pg.Submittable {
  handleRowDescription: (message: { fields: { name: string; dataTypeID: number }[] }) => void;
  handleDataRow: (message: { fields: (string | null)[] }) => void;
  handleCommandComplete: (message: { text: string }) => void;
  handleEmptyQuery: () => void;
  handleError: (error: Error) => void;
  handleCopyInResponse: (connection: pg.Connection) => void;
  handleCopyData: () => void;
  handlePortalSuspended: () => void;
  handleReadyForQuery: () => void;
}

/** Returns a query that collects every message in order, and calls `ready` when the server has finished it. */
function collector(sql: string, events: ServerEvent[], ready: () => void): Collector {
  let copying = false;
  return {
    submit: (connection) => {
      connection.once('readyForQuery', ready);
      connection.query(sql);
    },
    handleRowDescription: ({ fields }) =>
      events.push({
        type: 'columns',
        names: fields.map(({ name }) => name),
        types: fields.map(({ dataTypeID }) => dataTypeID),
      }),
    handleDataRow: ({ fields }) => events.push({ type: 'row', values: fields }),
    handleCommandComplete: ({ text: tag }) => events.push({ type: 'complete', tag }),
    handleEmptyQuery: () => events.push({ type: 'empty' }),
    handleError: (error) => {
      if (error instanceof pg.DatabaseError)
        events.push({ type: 'error', error: copying ? { message: NO_COPY } : error });
    },
    handleCopyInResponse: (connection) => {
      copying = true;
      connection.stream.write(encode(CLIENT.copyFail, text(NO_COPY)));
    },
    handleCopyData: () => undefined,
    handlePortalSuspended: () => undefined,
    handleReadyForQuery: () => undefined,
  };
}
