import type { Duplex } from 'node:stream';
import { AppError } from '../errors.ts';
import { MAX_WRITE_BYTES, type FrameKind } from '../agent/frame-protocol.ts';
import type { AgentLink } from './agent-link.ts';
import { fileRefusal } from './file-refusals.ts';
import { MAX_TERMINALS } from '../sandbox-layout.ts';
import { DISPOSED } from './container.ts';
import type {
  Account,
  Container,
  ContainerProcess,
  ContainerTerminal,
  ProcessEnd,
  ProcessRequest,
  TerminalRequest,
} from './container.ts';
import { asEngineEnd, asProcessEnd } from './agent-replies.ts';
import { AgentTerminal } from './agent-terminal.ts';
import { Tunnel } from './tunnel.ts';
import {
  CONTAINER_GONE,
  CONTAINER_NOT_STARTED,
  PROGRAM_RUNNING,
  TERMINAL_OPEN,
} from '../sentences/container-sentences.ts';
import { DATABASE_NOT_STARTED } from '../sentences/unavailable-sentences.ts';

const MAX_REASON_BYTES = 1024;
const DEFAULT_FILE_MODE = 0o644;

/** What the runtime provides for a container. */
export interface ContainerParts {
  id: string;
  /** Creates the link; `onOwn` receives the frames of stream 0. */
  link(onOwn: (kind: FrameKind, payload: Buffer) => void): AgentLink;
  usage: () => ReturnType<Container['usage']>;
  setShares: (shares: number) => Promise<void>;
  socketBytes: () => Promise<number>;
  /** Removes the container; called once. */
  remove: () => Promise<void>;
}

/** A container that is controlled by messages to its agent. */
export class AgentContainer implements Container {
  readonly id: string;
  readonly engineEnded: Promise<{ exitCode: number; log: string }>;
  readonly closed: Promise<{ reason: string }>;
  /** Resolves when the agent has started, to its seccomp mode, capabilities and pid; rejects when it cannot start. */
  readonly hello: Promise<unknown>;
  readonly #link: AgentLink;
  readonly #usage: ContainerParts['usage'];
  readonly #setShares: ContainerParts['setShares'];
  readonly #socketBytes: ContainerParts['socketBytes'];
  readonly #remove: ContainerParts['remove'];
  /** The accounts that are running a program, and the numbers of open terminals. */
  readonly #busy = new Set<Account | number>();
  #disposed: Promise<void> | undefined;

  constructor(parts: ContainerParts) {
    this.id = parts.id;
    this.#usage = parts.usage;
    this.#setShares = parts.setShares;
    this.#socketBytes = parts.socketBytes;
    this.#remove = parts.remove;
    const hello = Promise.withResolvers<unknown>();
    const engine = Promise.withResolvers<{ exitCode: number; log: string }>();
    this.hello = hello.promise;
    this.engineEnded = engine.promise;
    this.#link = parts.link((kind, payload) => {
      if (kind === 'hello') hello.resolve(JSON.parse(payload.toString('utf8')));
      else if (kind === 'engine-exit') engine.resolve(asEngineEnd(payload));
    });
    this.closed = this.#link.closed.then((reason) => ({ reason }));
    hello.promise.catch(() => undefined);
    void this.closed.then(({ reason }) => {
      hello.reject(new AppError('sandbox-lost', CONTAINER_NOT_STARTED, { cause: reason }));
      // A failure also reaches whoever waits for `dispose`, and the runtime logs it.
      return this.dispose().catch(() => undefined);
    });
  }

  run(request: ProcessRequest, onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void): ContainerProcess {
    const { account } = request;
    if (account !== 'engine') {
      if (this.#busy.has(account)) throw new AppError('busy', PROGRAM_RUNNING);
      this.#busy.add(account);
    }
    const ended = Promise.withResolvers<ProcessEnd>();
    let left = request.outputBytes;
    const stream = this.#link.open((kind, payload) => {
      if (kind === 'stdout' || kind === 'stderr') {
        left -= payload.length;
        if (left < 0) throw new RangeError('more output than asked for');
        onOutput(kind === 'stdout' ? 'stdout' : 'stderr', payload);
      } else if (kind === 'exit') ended.resolve(asProcessEnd(payload));
      else throw new RangeError(`a run frame of kind ${JSON.stringify(kind)}`);
    });
    this.#send('start-process', stream, request);
    const isLost = this.closed.then(({ reason }) => lost(reason));
    const outcome = Promise.race([ended.promise, isLost]).finally(() => {
      this.#link.forget(stream);
      this.#busy.delete(account);
    });
    outcome.catch(() => undefined); // no unhandled rejection when the caller no longer waits
    return { ended: outcome, kill: () => this.#link.send('kill-process', stream) };
  }

  async preload(modules: string[]): Promise<void> {
    const failed = (reason: string): AppError =>
      new AppError('internal', 'The page’s packages could not be loaded ahead.', { cause: `the agent: ${reason}` });
    await this.#ask(failed, (stream) => this.#send('preload', stream, modules));
  }

  async startEngine(argv: string[], env: Record<string, string> = {}): Promise<void> {
    const failed = (reason: string): AppError =>
      new AppError('unavailable', DATABASE_NOT_STARTED, { cause: `the agent: ${reason}` });
    await this.#ask(failed, (stream) => this.#send('start-engine', stream, { argv, env }));
  }

  async writeFile(account: Account, path: string, bytes: Buffer | string, mode = DEFAULT_FILE_MODE): Promise<void> {
    const body = Buffer.from(bytes);
    if (body.length > MAX_WRITE_BYTES) throw fileRefusal('written', path, 'EFBIG');
    const head = Buffer.from(JSON.stringify({ account, path, mode }));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(head.length);
    await this.#ask(
      (reason) => fileRefusal('written', path, reason),
      (stream) => this.#link.send('write-file', stream, Buffer.concat([length, head, body])),
    );
  }

  async readFile(account: Account, path: string, maxBytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let left = maxBytes;
    await this.#ask(
      (reason) => fileRefusal('read', path, reason),
      (stream) => this.#send('read-file', stream, { account, path, maxBytes }),
      (bytes) => {
        left -= bytes.length;
        if (left < 0) throw new RangeError('more of a file than asked for');
        parts.push(bytes);
      },
    );
    return Buffer.concat(parts);
  }

  connect(port: number): Duplex {
    if (this.#link.isClosed) throw new AppError('sandbox-lost', CONTAINER_GONE);
    const tunnel = new Tunnel({
      send: (kind, payload) => this.#link.send(kind, stream, payload),
      forget: () => this.#link.forget(stream),
    });
    const stream = this.#link.open((kind, payload) => tunnel.receive(kind, payload));
    tunnel.on('error', () => undefined); // without a listener an error would end the server
    void this.closed.then(({ reason }) => tunnel.destroy(gone(reason)));
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16BE(port);
    this.#link.send('open-tunnel', stream, bytes);
    return tunnel;
  }

  openTerminal(request: TerminalRequest): ContainerTerminal {
    const { number } = request;
    if (!Number.isInteger(number) || number < 1 || number > MAX_TERMINALS)
      throw new RangeError(`a terminal of number ${number}`);
    if (this.#busy.has(number)) throw new AppError('busy', TERMINAL_OPEN);
    this.#busy.add(number);
    const stream = this.#link.open((kind, payload) => terminal.receive(kind, payload));
    const forget = (): void => {
      this.#link.forget(stream);
      this.#busy.delete(number);
    };
    const isLost = this.closed.then(({ reason }) => lost(reason));
    const terminal = new AgentTerminal(
      { send: (kind, payload) => this.#link.send(kind, stream, payload), forget },
      request,
      isLost,
    );
    return terminal;
  }

  usage(): ReturnType<Container['usage']> {
    return this.#usage();
  }

  async setShares(shares: number): Promise<void> {
    await this.#setShares(shares).catch(() => undefined);
  }

  socketBytes(): Promise<number> {
    return this.#socketBytes();
  }

  endRuns(sentence: string): boolean {
    if (this.#busy.size > 0) this.#link.send('kill-reader', 0, Buffer.from(sentence));
    return this.#busy.size > 0;
  }

  end(reason: string): void {
    this.#link.close(reason);
  }

  dispose(): Promise<void> {
    this.#link.close(DISPOSED);
    this.#disposed ??= this.#remove();
    return this.#disposed;
  }

  #send(kind: 'start-process' | 'preload' | 'start-engine' | 'read-file', stream: number, value: unknown): void {
    this.#link.send(kind, stream, Buffer.from(JSON.stringify(value)));
  }

  /**
   * Sends a request and waits for the agent's `yes`. On `no`, throws the error that `refuse` makes from the agent's
   * reason, which must not be shown to readers. `onBytes` receives the bytes of a file.
   */
  async #ask(
    refuse: (reason: string) => AppError,
    send: (stream: number) => void,
    onBytes?: (bytes: Buffer) => void,
  ): Promise<void> {
    const answer = Promise.withResolvers<void>();
    const stream = this.#link.open((kind, payload) => {
      if (kind === 'yes') answer.resolve();
      else if (kind === 'file-bytes' && onBytes) onBytes(payload);
      else if (kind === 'no') answer.reject(refuse(payload.subarray(0, MAX_REASON_BYTES).toString('utf8')));
      else throw new RangeError(`an answer of kind ${JSON.stringify(kind)}`);
    });
    try {
      send(stream);
      await Promise.race([answer.promise, this.closed.then(({ reason }) => lost(reason))]);
    } finally {
      this.#link.forget(stream);
    }
  }
}

function gone(reason: string): AppError {
  return new AppError('sandbox-lost', CONTAINER_GONE, { cause: reason });
}

function lost(reason: string): never {
  throw gone(reason);
}
