import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { PositionEncoding, Workspace, type Diagnostic } from '@astral-sh/ruff-wasm-nodejs';
import { parse, type TomlTable } from 'smol-toml';

/** ruff as `pyproject.toml` sets it up, for texts: its WebAssembly build reads no files itself. */
export class PythonStyle {
  /** Patterns of the files that are not looked at. */
  readonly excluded: readonly string[];
  readonly #workspace: Workspace;
  /** Patterns of files, and beginnings of the rules that do not count there. */
  readonly #ignored: readonly (readonly [string, readonly string[]])[];

  /** Throws an Error for a file that is no TOML, or has settings that ruff does not know. */
  constructor(root: string) {
    const { tool } = parse(readFileSync(join(root, 'pyproject.toml'), 'utf8'));
    const settings = tableOf(tableOf(tool)['ruff']);
    this.excluded = stringsOf(settings['extend-exclude']);
    const ignored = tableOf(tableOf(settings['lint'])['per-file-ignores']);
    this.#ignored = Object.entries(ignored).map(([pattern, rules]) => [pattern, stringsOf(rules)] as const);
    this.#workspace = new Workspace(settings, PositionEncoding.Utf16);
  }

  /** What is wrong in that file, a line for each complaint: where, which rule, and why. */
  complaints(file: string, text: string): string[] {
    const ignored = this.#ignored.filter(([pattern]) => matchesGlob(file, pattern)).flatMap(([, rules]) => rules);
    const found = this.#workspace.check(text) as Diagnostic[];
    return found
      .filter(({ code }) => !ignored.some((rule) => code?.startsWith(rule)))
      .map(({ code, message, start_location: at }) => `${file}:${at.row}:${at.column}: ${code ?? 'syntax'} ${message}`);
  }

  /** The text as ruff would lay it out. Throws when it is no Python. */
  formatted(text: string): string {
    return this.#workspace.format(text);
  }
}

function tableOf(value: unknown): TomlTable {
  return typeof value === 'object' && value !== null ? (value as TomlTable) : {};
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
