import type { Duplex } from 'node:stream';

/**
 * The account that a program runs under: the reader, the engine, or the reader's background steps. The latter have the
 * reader's uid, so that they can read the reader's private keys, and their own gid (`sandbox-layout.ts`).
 */
export type Account = 'reader' | 'engine' | 'background';

/** A program to start, and its limits. */
export interface ProcessRequest {
  account: Account;
  /** Program and arguments; `python FILE …` as the reader is forked from the preloaded interpreter. */
  argv: string[];
  cwd?: string;
  env?: Record<string, string>;
  /** What it reads from standard input, well-formed text of at most 64 KiB; default: nothing. */
  input?: string;
  /** After this time the process and everything else of its account is killed, milliseconds. */
  timeoutMs: number;
  /** The most bytes on stdout and stderr together; more ends the process. */
  outputBytes: number;
}

/** A pseudo-terminal to open, and its program, which runs with the reader's uid and the terminal's own gid. */
export interface TerminalRequest {
  /** From 1 to MAX_TERMINALS. */
  number: number;
  argv: string[];
  cwd?: string;
  env?: Record<string, string>;
  columns: number;
  rows: number;
}

/** An open terminal. Ending or destroying its stream hangs up, which kills everything that runs in it. */
export interface ContainerTerminal {
  /** The terminal's input and output, with back-pressure in both directions; the output is hostile. */
  readonly stream: Duplex;
  /** Changes the size; each number must be from 1 to 1000, others are ignored. */
  resize(columns: number, rows: number): void;
  /**
   * Resolves when the stream was read to its end or destroyed and everything that ran in the terminal has ended.
   * Rejects with AppError `sandbox-lost`.
   */
  readonly ended: Promise<{ exitCode: number }>;
}

/** How a process ended. */
export interface ProcessEnd {
  /** The exit code, or 128 + the signal's number, as in shells. */
  exitCode: number;
  /** Why the server ended it: a limit, or a call of `kill`. */
  cut?: 'timeout' | 'output' | 'killed';
  ms: number;
}

/** A process in a container. Its output arrives as raw bytes, in order, and always before `ended` settles. */
export interface ContainerProcess {
  ended: Promise<ProcessEnd>;
  /** Kills it and everything that its account runs (for the engine's account: only its process group). Idempotent. */
  kill(): void;
}

/** A running container. All bytes from it are hostile. */
export interface Container {
  readonly id: string;
  /** Starts a program. Throws AppError `busy` while the same account runs another one, except for the engine's. */
  run(request: ProcessRequest, onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void): ContainerProcess;
  /**
   * Starts an interpreter that has imported `modules`; later `python` programs are forked from it. Unknown modules are
   * skipped.
   */
  preload(modules: string[]): Promise<void>;
  /** Starts the engine: one long-lived process under the engine's account. `engineEnded` resolves when it exits. */
  startEngine(argv: string[], env?: Record<string, string>): Promise<void>;
  /**
   * Resolves when the engine has ended, to its exit code (or 128 + signal) and the end of its output (at most 8 KiB).
   */
  readonly engineEnded: Promise<{ exitCode: number; log: string }>;
  /**
   * Writes a file as that account, and creates missing parent folders. Throws AppError `file-refused` with the reason,
   * also for symbolic links.
   */
  writeFile(account: Account, path: string, bytes: Buffer | string, mode?: number): Promise<void>;
  /** Reads at most `maxBytes` of a file as that account. Throws AppError `file-refused` with the reason. */
  readFile(account: Account, path: string, maxBytes: number): Promise<Buffer>;
  /**
   * Returns a byte stream to 127.0.0.1:`port` in the container, with the methods that `pg` calls (connect, setNoDelay,
   * ref, …).
   */
  connect(port: number): Duplex;
  /**
   * Opens a terminal with a program on it. When the program cannot be started, the reason is on the stream and the exit
   * code is 126 or 127. Throws AppError `busy` while the terminal of that number is open, that is, until its `ended`
   * has settled.
   */
  openTerminal(request: TerminalRequest): ContainerTerminal;
  /**
   * Returns the container's current memory (without cached file pages, which sandboxes share), how often the kernel
   * killed a process at the memory limit, and the number of processes.
   */
  usage(): Promise<{ memoryBytes: number; oomKills: number; processes: number }>;
  /** Sets its shares of the processors, see `SHARES`. Does nothing when the machine refuses: nothing depends on it. */
  setShares(shares: number): Promise<void>;
  /** Returns how many bytes its TCP sockets are charged now. Rejects when that cannot be read. */
  socketBytes(): Promise<number>;
  /**
   * Kills everything that the reader runs in it; that sentence is the last line of each program's output. Returns
   * whether there was anything.
   */
  endRuns(sentence: string): boolean;
  /** Ends the container. `closed` resolves to that reason. */
  end(reason: string): void;
  /**
   * Resolves to the reason when the container has ended: the agent died or did not answer, or `dispose` was called.
   */
  readonly closed: Promise<{ reason: string }>;
  /** Ends the container and removes everything of it. Idempotent, bounded in time. */
  dispose(): Promise<void>;
}

/** The reason of `closed` after `dispose`, which is no loss. */
export const DISPOSED = 'it was disposed of';
