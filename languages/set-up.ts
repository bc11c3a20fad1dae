import type { Installed } from './language.ts';

/** How a command ended. */
export interface Outcome {
  /** Whether it ended by itself with exit code 0. */
  ok: boolean;
  /** The end of its output on both streams. */
  output: string;
  /** What went wrong, in a few words; empty when nothing did. */
  why: string;
}

/** A program that runs programs. */
export interface Interpreter {
  /** Its path. */
  executable: string;
  /** For example 3.11.2. */
  version: string;
}

/** The tools for a language's set-up: what this machine has, and functions to run commands and install packages. */
export interface SetUpTools {
  /** The project's folder. */
  root: string;
  /** The Python that the agent runs on. */
  python: Interpreter;
  /** The Node that programs in a sandbox run on. */
  node: Interpreter;
  /** Runs a command to its end. Does not reject when the command fails. */
  run(
    command: string,
    args: string[],
    options: { timeoutMs: number; cwd?: string; env?: NodeJS.ProcessEnv },
  ): Promise<Outcome>;
  /** Runs npm in the same way: the one that started set-up, or the one on PATH. */
  npm(args: string[], options: { timeoutMs: number; cwd?: string }): Promise<Outcome>;
  /** Returns the path of a program on PATH; undefined when there is none. */
  find(program: string): string | undefined;
  /**
   * Makes a folder below `.bankrun/`, unless it exists, and returns its path. It is always complete or absent. `what`
   * is installed, as the subject of a sentence. `make` fills the folder that it receives, may use `scratch` for
   * temporary files, and returns what went wrong, or undefined. Throws SetupProblem when it fails, and for a day after
   * that the same one without trying again.
   */
  makeOnce(
    name: string,
    what: string,
    make: (folder: string, scratch: string) => Promise<string | undefined>,
  ): Promise<string>;
}

/** The export `setUp` of each language's `set-up.mjs`. Only its tools throw SetupProblem. */
export type SetUp = (tools: SetUpTools) => Promise<Installed>;
