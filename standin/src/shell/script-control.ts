import type { Executor } from './executor.ts';

/** What comes after a line: the next one, or the end of the script. */
export type Next = 'go-on' | 'stop';

/** What a backslash command can do to its script. */
export interface ScriptControl {
  readonly executor: Executor;
  readonly interactive: boolean;
  /** The directory that `\ir` is relative to. */
  readonly directory: string;
  /** The statement so far; empty between statements. */
  readonly pending: string;
  /** Why the last statement or command failed; decides the shell's exit code. */
  failure: string | undefined;
  /** Forgets the statement so far. */
  clear: () => void;
  /** Takes one line, without its newline. */
  take: (line: string) => Promise<Next>;
  /** Tells the script that no more lines will come. */
  end: () => void;
  /** Executes complete statements, and prints why they fail. */
  execute: (text: string) => Promise<Next>;
  /** Records a failure and prints it. Returns `stop` when a failure is to end the shell. */
  fail: (failure: string, printed: string) => Next;
  /** Returns a script of the same shell for a file in that directory. */
  nested: (directory: string) => ScriptControl;
}
