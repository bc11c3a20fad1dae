import { completeness } from './completeness.ts';
import type { Executor } from './executor.ts';
import { runMeta } from './meta.ts';
import type { Next, ScriptControl } from './script-control.ts';

/** Turns lines into statements and backslash commands, in the same way for a terminal, a pipe and a file. */
export class Script implements ScriptControl {
  readonly executor: Executor;
  readonly interactive: boolean;
  readonly directory: string;
  failure: string | undefined;
  #partial: string[] = [];
  #abandoned = false;

  constructor(executor: Executor, options: { interactive: boolean; directory: string }) {
    this.executor = executor;
    this.interactive = options.interactive;
    this.directory = options.directory;
  }

  get pending(): string {
    return this.#partial.join('\n').trim();
  }

  clear(): void {
    this.#partial = [];
  }

  /** Keeps a statement that is still running from printing anything more. */
  abandon(): void {
    this.#abandoned = true;
  }

  nested(directory: string): Script {
    return new Script(this.executor, { interactive: false, directory });
  }

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
    return await this.execute(text);
  }

  end(): void {
    const text = this.pending;
    if (!text) return;
    this.clear();
    this.fail(`last statement was not executed: ${text}`, `missing semicolon at end of statement: ${text}`);
  }

  async execute(text: string): Promise<Next> {
    const failure = await this.executor.execute(text);
    if (this.#abandoned) return 'stop';
    this.failure = undefined;
    if (!failure) return 'go-on';
    if (failure.unreadable && this.executor.settings.is('check_syntax'))
      return this.fail('invalid syntax', `invalid syntax: statement ignored: ${failure.text}`);
    return this.fail(failure.text, `ERROR: ${failure.text}`);
  }

  fail(failure: string, printed: string): Next {
    this.failure = failure;
    process.stderr.write(`${printed}\n`);
    return this.executor.settings.is('errexit') ? 'stop' : 'go-on';
  }
}
