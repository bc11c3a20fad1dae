import { runMeta } from './meta.ts';
import type { Session } from './executor.ts';
import { completeness } from './completeness.ts';

/** What runs lines: reads on, or is at its end. */
export type Next = 'go-on' | 'stop';

/** How lines get to be statements and backslash commands, the same for a terminal, a pipe and a file. */
export class Script {
  readonly session: Session;
  readonly interactive: boolean;
  /** Directory that `\ir` is relative to. */
  readonly directory: string;
  /** What the last statement or command failed with: the shell's exit code follows it. */
  failure: string | undefined;
  #partial: string[] = [];
  #abandoned = false;

  constructor(session: Session, options: { interactive: boolean; directory: string }) {
    this.session = session;
    this.interactive = options.interactive;
    this.directory = options.directory;
  }

  /** The statement so far; empty between statements. */
  get pending(): string {
    return this.#partial.join('\n').trim();
  }

  /** Forgets the statement so far. */
  clear(): void {
    this.#partial = [];
  }

  /** What still runs shall say nothing more. */
  abandon(): void {
    this.#abandoned = true;
  }

  /** A script of the same session for a file of that directory. */
  nested(directory: string): Script {
    return new Script(this.session, { interactive: false, directory });
  }

  /** Takes one line, without its newline. */
  async take(line: string): Promise<Next> {
    if (this.#partial.length === 0) {
      const word = line.trim();
      if (word === 'exit' || word === 'quit') return 'stop';
      if (word === 'help') return await runMeta('\\?', this);
    }
    if (line.startsWith('\\')) return await runMeta(line, this);
    this.#partial.push(line);
    const text = this.pending;
    const state = completeness(text);
    if (state === 'nothing') this.clear();
    if (state !== 'complete') return 'go-on';
    this.clear();
    return await this.run(text);
  }

  /** No more lines will come. */
  end(): void {
    const text = this.pending;
    if (!text) return;
    this.clear();
    this.fail(`last statement was not executed: ${text}`, `missing semicolon at end of statement: ${text}`);
  }

  /** Runs complete statements, and prints what they fail with. */
  async run(text: string): Promise<Next> {
    const failure = await this.session.run(text);
    if (this.#abandoned) return 'stop';
    this.failure = undefined;
    if (!failure) return 'go-on';
    if (failure.unreadable && this.session.settings.is('check_syntax'))
      return this.fail('invalid syntax', `invalid syntax: statement ignored: ${failure.text}`);
    return this.fail(failure.text, `ERROR: ${failure.text}`);
  }

  /** Notes a failure and prints it; stops where a failure shall end the shell. */
  fail(failure: string, printed: string): Next {
    this.failure = failure;
    process.stderr.write(`${printed}\n`);
    return this.session.settings.is('errexit') ? 'stop' : 'go-on';
  }
}
