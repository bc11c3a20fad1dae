import type { Installed } from './language.ts';

/** How a command ended. */
export interface Outcome {
  /** It ended by itself with exit code 0. */
  ok: boolean;
  /** The end of what it printed on both streams. */
  output: string;
  /** In a few words what went wrong; empty when nothing did. */
  why: string;
}

/** A program that runs programs. */
export interface Interpreter {
  /** Its file. */
  executable: string;
  /** As in 3.11.2. */
  version: string;
}

/** What the set-up of a language is given: what this machine has, and the ways to run and to install. */
export interface SetUpTools {
  /** The project's folder. */
  root: string;
  /** The Python that the agent runs on. */
  python: Interpreter;
  /** The Node that programs in a sandbox run on. */
  node: Interpreter;
  /** Runs a command to its end; whatever it does, this does not reject. */
  run(
    command: string,
    args: string[],
    options: { timeoutMs: number; cwd?: string; env?: NodeJS.ProcessEnv },
  ): Promise<Outcome>;
  /** The same for npm: the one that set-up was started with, or the machine's. */
  npm(args: string[], options: { timeoutMs: number; cwd?: string }): Promise<Outcome>;
  /** Where a program is on the search path; undefined when it is not. */
  find(program: string): string | undefined;
  /**
   * Makes a folder below `.bankrun/` that appears whole or not at all, so that its being there says that it is made.
   * `what` is installed, as the subject of a sentence. `make` fills the folder that it is given, may leave things in
   * `scratch`, and returns what went wrong, or undefined. Returns the folder; throws SetupProblem, and for a day the
   * same again without another try.
   */
  makeOnce(
    name: string,
    what: string,
    make: (folder: string, scratch: string) => Promise<string | undefined>,
  ): Promise<string>;
}

/** What the module `set-up.mjs` of each language exports. Throws SetupProblem by way of its tools alone. */
export type SetUp = (tools: SetUpTools) => Promise<Installed>;
