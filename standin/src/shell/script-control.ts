import type { Executor } from './executor.ts';

/** What comes after a line: the next one, or the end of the script. */
export type Next = 'go-on' | 'stop';

/** What a backslash command can do to the script that it stands in. */
export interface ScriptControl {
  readonly executor: Executor;
  readonly interactive: boolean;
  /** The directory that `\ir` is relative to. */
  readonly directory: string;
  /** The statement so far; empty between statements. */
  readonly pending: string;
  /** What the last statement or command failed with: the shell's exit code follows it. */
  failure: string | undefined;
  /** Forgets the statement so far. */
  clear: () => void;
  /** Takes one line, without its newline. */
  take: (line: string) => Promise<Next>;
  /** Says that no more lines will come. */
  end: () => void;
  /** Executes complete statements, and prints what they fail with. */
  execute: (text: string) => Promise<Next>;
  /** Notes a failure and prints it; stops where a failure shall end the shell. */
  fail: (failure: string, printed: string) => Next;
  /** A script of the same shell for a file in that directory. */
  nested: (directory: string) => ScriptControl;
}
