import { connect, type Socket } from 'node:net';
import { BodyReader } from '../../src/protocol/body-reader.ts';
import { cancelRequest, startupMessage } from '../../src/protocol/startup.ts';
import { encode, int16, int32, text } from '../../src/protocol/encode.ts';
import { MessageReader, type Message } from '../../src/protocol/message-reader.ts';
import { CLIENT, SERVER } from '../../src/protocol/message-types.ts';
import { flush, query, sync } from '../../src/protocol/messages.ts';
import { readColumns, readError, readRow } from '../../src/protocol/read-message.ts';

/** A value of a parameter; a Buffer is sent as binary. */
type Value = string | Buffer | null;

/** Messages of a client, by the names that PostgreSQL's manual gives them. */
export const send = {
  query,
  sync,
  flush,
  parse: (sql: string, name = '', types: number[] = []): Buffer =>
    encode(CLIENT.parse, text(name), text(sql), int16(types.length), ...types.map((type) => int32(type))),
  bind: (values: Value[] = [], { portal = '', name = '', formats = [] as number[] } = {}): Buffer =>
    encode(
      CLIENT.bind,
      text(portal),
      text(name),
      int16(values.length),
      ...values.map((value) => int16(Buffer.isBuffer(value) ? 1 : 0)),
      int16(values.length),
      ...values.flatMap((value) => (value === null ? [int32(-1)] : [int32(value.length), value])),
      int16(formats.length),
      ...formats.map((format) => int16(format)),
    ),
  describe: (kind: 'S' | 'P', name = ''): Buffer => encode(CLIENT.describe, kind, text(name)),
  execute: (portal = '', rows = 0): Buffer => encode(CLIENT.execute, text(portal), int32(rows)),
  close: (kind: 'S' | 'P', name = ''): Buffer => encode(CLIENT.close, kind, text(name)),
  copyData: (data: string): Buffer => encode(CLIENT.copyData, data),
  copyDone: (): Buffer => encode(CLIENT.copyDone),
  copyFail: (): Buffer => encode(CLIENT.copyFail, text('why')),
};

/** A client that sends messages as they are, and writes down what comes, one word or more for each message. */
export class RawClient {
  readonly #socket: Socket;
  readonly #reader = new MessageReader();
  readonly #port: number;
  #seen: string[] = [];
  #heard: () => void = () => undefined;
  #key: Buffer = Buffer.alloc(0);

  private constructor(port: number) {
    this.#port = port;
    this.#socket = connect(port, 'localhost');
    this.#socket.on('data', (chunk) => {
      this.#reader.push(chunk);
      for (let message = this.#reader.next(); message; message = this.#reader.next()) this.#take(message);
      this.#heard();
    });
    this.#socket.on('close', () => {
      this.#seen.push('closed');
      this.#heard();
    });
  }

  /** Logs in as root. Throws Error with what came instead. */
  static async open({ port }: { port: number }): Promise<RawClient> {
    const client = new RawClient(port);
    const seen = await client.ask(1, startupMessage('root', 'defaultdb'));
    if (!seen.includes('ready I')) throw new Error(seen.join());
    return client;
  }

  /** Sends messages, and returns what came up to the `count`th ReadyForQuery, or until `last` came. */
  async ask(until: number | string, ...messages: Buffer[]): Promise<string[]> {
    this.#seen = [];
    this.#socket.write(Buffer.concat(messages));
    const isOver = (): boolean =>
      this.#seen.at(-1) === 'closed' ||
      (typeof until === 'string'
        ? this.#seen.some((word) => word.startsWith(until))
        : this.#seen.filter((word) => word.startsWith('ready ')).length >= until);
    while (!isOver()) await new Promise<void>((resolve) => (this.#heard = resolve));
    return this.#seen;
  }

  /** Asks the server to cancel what this client does. Resolves when the server has ended that connection. */
  async cancel(): Promise<void> {
    const socket = connect(this.#port, 'localhost', () => socket.write(cancelRequest(this.#key)));
    socket.resume();
    await new Promise<void>((resolve) => socket.on('close', () => resolve()));
  }

  /** Ends the connection without a word. */
  vanish(): void {
    this.#socket.destroy();
  }

  #take({ type, body }: Message): void {
    if (type === SERVER.backendKeyData) this.#key = body;
    this.#seen.push(WORDS[type]?.(body) ?? type);
  }
}

/** Returns a value readably: text as it is, other bytes in hexadecimal digits. */
function readable(value: Buffer | null): string {
  if (value === null) return 'NULL';
  const characters = value.toString('latin1');
  return /^[ -~]*$/.test(characters) ? characters : value.toString('hex');
}

const WORDS: Record<string, (body: Buffer) => string> = {
  [SERVER.parseComplete]: () => 'parsed',
  [SERVER.bindComplete]: () => 'bound',
  [SERVER.closeComplete]: () => 'closed it',
  [SERVER.noData]: () => 'no data',
  [SERVER.portalSuspended]: () => 'suspended',
  [SERVER.copyInResponse]: () => 'copy in',
  [SERVER.rowDescription]: (body) =>
    `columns ${readColumns(body)
      .map(({ name, oid, format }) => `${name} ${oid}${format ? ' binary' : ''}`)
      .join()}`,
  [SERVER.dataRow]: (body) => `row ${readRow(body).map(readable).join(' ')}`,
  [SERVER.commandComplete]: (body) => new BodyReader(body).text(),
  [SERVER.readyForQuery]: (body) => `ready ${body.toString()}`,
  [SERVER.errorResponse]: (body) => `${readError(body).code} ${readError(body).message}`,
  [SERVER.parameterDescription]: (body) => {
    const reader = new BodyReader(body);
    return `types ${Array.from({ length: reader.int16() }, () => reader.int32()).join()}`;
  },
};
