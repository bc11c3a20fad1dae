import { FORMATS } from './formats.ts';
import type { Format } from './formats.ts';

/** The settings that `\set` can change. Their values are text. */
export type OptionName =
  | 'auto_trace'
  | 'check_syntax'
  | 'display_format'
  | 'echo'
  | 'errexit'
  | 'prompt1'
  | 'show_server_times'
  | 'show_times'
  | 'verbose_times';

const TRUTH = ['auto_trace', 'check_syntax', 'echo', 'errexit', 'show_server_times', 'show_times', 'verbose_times'];
const DESCRIPTIONS: Record<OptionName, string> = {
  auto_trace: 'automatically run statement tracing on each executed statement',
  check_syntax: 'check the SQL syntax before running a query',
  display_format: 'the output format for tabular data (table, csv, tsv, html, sql, records, raw)',
  echo: 'show SQL queries before they are sent to the server',
  errexit: 'exit the shell upon a query error',
  prompt1:
    'prompt string to use before each command (the following are expanded: ' +
    '%M full host, %m host, %> port number, %n user, %/ database, %x txn status)',
  show_server_times: 'display the server execution times for queries (requires show_times to be set)',
  show_times: 'display the execution time after each query',
  verbose_times: 'display execution times with more precision (requires show_times to be set)',
};

/** Returns what a word says of a setting that is on or off; undefined for any other word. */
export function readTruth(word: string): boolean | undefined {
  if (/^(true|on|1|yes)$/i.test(word)) return true;
  return /^(false|off|0|no)$/i.test(word) ? false : undefined;
}

/** Returns the error about an output format that the shell does not have. */
export function invalidFormat(format: string): string {
  return `invalid table display format: ${format} (possible values: ${FORMATS.join(', ')})`;
}

/** The shell's settings. */
export class Settings {
  readonly #values: Record<OptionName, string>;
  readonly #standard: Record<OptionName, string>;

  constructor(options: { format: Format; errexit: boolean; echo: boolean; showTimes: boolean; checkSyntax: boolean }) {
    this.#standard = {
      auto_trace: 'off',
      check_syntax: String(options.checkSyntax),
      display_format: options.format,
      echo: String(options.echo),
      errexit: String(options.errexit),
      prompt1: '%n@%M/%/%x>',
      show_server_times: 'true',
      show_times: String(options.showTimes),
      verbose_times: 'false',
    };
    this.#values = { ...this.#standard };
  }

  /** Whether a setting is on. */
  is(name: OptionName): boolean {
    return this.#values[name] === 'true';
  }

  get format(): Format {
    return this.#values.display_format as Format;
  }

  get prompt(): string {
    return this.#values.prompt1;
  }

  /**
   * Changes a setting, or turns it on when `value` is undefined. Returns false when there is no such setting or truth
   * value, and what is wrong with any other value.
   */
  set(name: string, value: string | undefined): boolean | string {
    if (!Object.hasOwn(this.#values, name)) return false;
    const option = name as OptionName;
    if (option === 'display_format') {
      if (!FORMATS.includes(value as Format)) return invalidFormat(value ?? '');
      this.#values[option] = value!;
    } else if (TRUTH.includes(option)) {
      const on = readTruth(value ?? 'true');
      if (on === undefined) return false;
      this.#values[option] = option === 'auto_trace' ? (on ? 'on' : 'off') : String(on);
    } else if (value === undefined) return false;
    else this.#values[option] = value;
    return true;
  }

  /** Resets a setting to its value at the start of the shell. */
  unset(name: string): boolean {
    if (!Object.hasOwn(this.#values, name)) return false;
    this.#values[name as OptionName] =
      name === 'display_format' || name === 'prompt1' ? this.#standard[name] : name === 'auto_trace' ? 'off' : 'false';
    return true;
  }

  /** All settings: name, value, description. */
  rows(): string[][] {
    return (Object.keys(this.#values) as OptionName[])
      .sort()
      .map((name) => [name, this.#values[name], DESCRIPTIONS[name]]);
  }
}
