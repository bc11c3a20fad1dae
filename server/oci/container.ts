import type { Duplex } from 'node:stream';

/**
 * Who a program in the container runs as: the reader, the engine, or the reader's background steps. These have the
 * reader's uid, so that they can read the reader's private keys, and a group of their own that tells them apart
 * (`sandbox-layout.ts`).
 */
export type Account = 'reader' | 'engine' | 'background';

/** What the agent starts. */
export interface ProcessRequest {
  account: Account;
  /** Program and arguments; `python FILE …` as reader is forked from the pre-loaded interpreter. */
  argv: string[];
  cwd?: string;
  env?: Record<string, string>;
  /** Ends the process and all of its account when it is over, milliseconds. */
  timeoutMs: number;
  /** Bytes of stdout and stderr together; more ends the process. */
  outputBytes: number;
}

/** A pseudo-terminal to open, and the program on it: the reader's uid, in a group of the terminal's own. */
export interface TerminalRequest {
  /** Which one, from 1 to MOST_TERMINALS. */
  number: number;
  argv: string[];
  cwd?: string;
  env?: Record<string, string>;
  columns: number;
  rows: number;
}

/** An open terminal. Ending its stream, or destroying it, hangs up: all that runs in it is killed. */
export interface ContainerTerminal {
  /** Bytes both ways, with back-pressure both ways; what comes out is hostile. */
  readonly stream: Duplex;
  /** Tells the program of a new size, 1 to 1000 each; what makes no sense is ignored. */
  resize(columns: number, rows: number): void;
  /**
   * Settles when the stream is read to its end, or destroyed, and all that ran there is gone; rejects with AppError
   * `sandbox-lost`.
   */
  readonly ended: Promise<{ exitCode: number }>;
}

/** How a process ended. */
export interface ProcessEnd {
  /** Exit code, or 128 + the signal's number, as shells give it. */
  exitCode: number;
  /** Set when we ended it: the limit, or a call of `kill`. */
  cut?: 'timeout' | 'output' | 'killed';
  ms: number;
}

/** A process in a container. Output comes as raw bytes, in order; nothing comes after `ended` has settled. */
export interface ContainerProcess {
  ended: Promise<ProcessEnd>;
  /** Ends it, and everything that its account runs (the engine's account: what it started itself). Idempotent. */
  kill(): void;
}

/** A started container, its agent answering. All bytes from it are hostile. */
export interface Container {
  readonly id: string;
  /** Starts a program. Throws AppError `busy` while another of the reader, or of the background account, runs. */
  run(request: ProcessRequest, onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void): ContainerProcess;
  /**
   * Forks the interpreter that has `modules` imported; later `python` runs fork from it. Unknown modules are skipped.
   */
  preload(modules: string[]): Promise<void>;
  /** Starts the engine: one long-lived process under the engine's account. `engineEnded` settles when it exits. */
  startEngine(argv: string[], env?: Record<string, string>): Promise<void>;
  /**
   * Exit code (128 + signal) of the engine and its last words on stderr (at most 8 KiB). Never settles before it ends.
   */
  readonly engineEnded: Promise<{ exitCode: number; log: string }>;
  /**
   * Writes a file as that account; parents are made. Refuses symlinks. Throws AppError `file-refused` with the reason.
   */
  writeFile(account: Account, path: string, bytes: Buffer | string, mode?: number): Promise<void>;
  /** Reads at most `maxBytes` of a file as that account. */
  readFile(account: Account, path: string, maxBytes: number): Promise<Buffer>;
  /**
   * A byte stream to 127.0.0.1:`port` in the container; has what `pg` asks of a stream (connect, setNoDelay, ref, …).
   */
  connect(port: number): Duplex;
  /**
   * Opens a terminal with a program on it. What cannot be started is said on its stream, and it ends with 126 or 127.
   * Throws AppError `busy` while the one of that number is open: until `ended` has settled.
   */
  openTerminal(request: TerminalRequest): ContainerTerminal;
  /**
   * Memory of the container's own now (without pages of files, which sandboxes share), and how often its kernel limit
   * ended a process.
   */
  usage(): Promise<{ memoryBytes: number; oomKills: number; processes: number }>;
  /** What its TCP sockets are charged for now, bytes. Rejects when there is no telling. */
  socketBytes(): Promise<number>;
  /**
   * Ends all that the reader runs in it, each with that sentence as its last error. Gives whether there was anything.
   */
  endRuns(sentence: string): boolean;
  /** Ends the container for that reason, which `closed` tells. */
  end(reason: string): void;
  /**
   * Settles when the container is no more, with the reason: the agent died, did not answer, or `dispose` was called.
   */
  readonly closed: Promise<{ reason: string }>;
  /** Ends and removes it, with all its traces. Idempotent, bounded in time. */
  dispose(): Promise<void>;
}

/** Why a container is closed that was disposed of: no loss. */
export const DISPOSED = 'it was disposed of';
