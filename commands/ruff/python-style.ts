import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { PositionEncoding, Workspace, type Diagnostic } from '@astral-sh/ruff-wasm-nodejs';
import { parse, type TomlTable } from 'smol-toml';

/** ruff with the settings in `pyproject.toml`, for texts, because its WebAssembly build cannot read files. */
export class PythonStyle {
  /** Patterns of the files to exclude. */
  readonly excluded: readonly string[];
  readonly #workspace: Workspace;
  /** Patterns of files, and prefixes of the rules that are ignored in them. */
  readonly #ignored: readonly (readonly [string, readonly string[]])[];

  /** Throws an Error when pyproject.toml is not valid TOML or has settings that ruff does not know. */
  constructor(root: string) {
    const { tool } = parse(readFileSync(join(root, 'pyproject.toml'), 'utf8'));
    const settings = tableOf(tableOf(tool)['ruff']);
    this.excluded = stringsOf(settings['extend-exclude']);
    const ignored = tableOf(tableOf(settings['lint'])['per-file-ignores']);
    this.#ignored = Object.entries(ignored).map(([pattern, rules]) => [pattern, stringsOf(rules)] as const);
    this.#workspace = new Workspace(settings, PositionEncoding.Utf16);
  }

  /** Returns ruff's complaints about a file, one line each, with the position, the rule and the reason. */
  complaints(file: string, text: string): string[] {
    const ignored = this.#ignored.filter(([pattern]) => matchesGlob(file, pattern)).flatMap(([, rules]) => rules);
    const found = this.#workspace.check(text) as Diagnostic[];
    return found
      .filter(({ code }) => !ignored.some((rule) => code?.startsWith(rule)))
      .map(({ code, message, start_location: at }) => `${file}:${at.row}:${at.column}: ${code ?? 'syntax'} ${message}`);
  }

  /** Returns the text as ruff formats it. Throws when it is not valid Python. */
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
