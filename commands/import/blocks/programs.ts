import { basename } from 'node:path';
import { languageOfFile } from '../../../languages/commands.ts';
import type { Mode } from '../../../shared/protocol.ts';
import type { Added } from '../block.ts';
import type { IncludeFiles } from '../source/include-files.ts';
import { kindOf } from './block-kind.ts';
import { sameText, textOfModes } from './mode-text.ts';
import type { PlacedBlock } from './placed-block.ts';
import { programOf, readShellBlock } from './shell-block.ts';

/** What a page's commands read besides programs. */
const WRITTEN = /\.sql$/;

/** A file that a page's block holds. */
interface ProgramFile {
  path: string;
  text: Record<Mode, string>;
}

/** Finds out which blocks of a page are files that its commands use, and finds other programs in a given folder. */
export class Programs {
  readonly #files: IncludeFiles;
  readonly #blocks = new Map<PlacedBlock, ProgramFile>();
  readonly #given = new Set<string>();

  constructor(placed: readonly PlacedBlock[], files: IncludeFiles) {
    this.#files = files;
    for (const [index, each] of placed.entries()) {
      if (kindOf(each.block.language, each.block.text).kind !== 'shell') continue;
      for (const name of namesIn(each.block.text, each.mode)) this.#claim(placed.slice(0, index), each, name);
    }
  }

  /** Returns the file that a block holds, if it holds one. */
  fileOf(placed: PlacedBlock): ProgramFile | undefined {
    return this.#blocks.get(placed);
  }

  /** Whether a block of the page, visible in that mode, holds the program. */
  has(program: string, mode: Mode | null): boolean {
    return [...this.#blocks].some(
      ([placed, { path }]) => path === program && (placed.mode === null || placed.mode === mode),
    );
  }

  /** Returns the steps that write a program of the given folder, and modules next to it; undefined if not there. */
  given(program: string, folder: string, mode: Mode | null): Added[] | undefined {
    if (this.has(program, mode)) return undefined;
    const name = folder === '' ? program : `${folder}/${program}`;
    if (this.#given.has(name)) return [];
    const found = this.#files.program(name);
    if (!found) return undefined;
    this.#given.add(name);
    const modules = languageOfFile(program)?.name === 'python' ? importsOf(found.text) : [];
    const near = modules.flatMap((module) => this.given(`${module}.py`, folder, mode) ?? []);
    return [...near, { is: 'file', path: name, text: textOfModes(found.text) }];
  }

  /** Returns the text of a given file; undefined if it is not there. */
  textOf(name: string): string | undefined {
    return this.#files.program(name)?.text;
  }

  /** Returns the steps that write the given programs of a folder, which a page gets from another repository. */
  givenFolder(folder: string): Added[] {
    const files = this.#files
      .folder(folder)
      .filter(({ path }) => WRITTEN.test(path) || languageOfFile(path) !== undefined);
    return files.flatMap(({ path, text }): Added[] => {
      const name = `${folder}/${basename(path)}`;
      if (this.#given.has(name)) return [];
      this.#given.add(name);
      return [{ is: 'file', path: name, text: textOfModes(text) }];
    });
  }

  /** Makes the block that a command's file is shown in the file: the last above it that the page calls by that name. */
  #claim(above: readonly PlacedBlock[], user: PlacedBlock, name: string): void {
    const candidates = above.filter(
      (each) =>
        !this.#blocks.has(each) &&
        (each.mode === null || each.mode === user.mode) &&
        fits(each.block.language, name) &&
        each.block.text.trim() !== '',
    );
    const below = (each: PlacedBlock): string => (above[above.indexOf(each) + 1] ?? user).between;
    const named = candidates.findLast((each) => each.between.includes(name) || below(each).includes(name));
    const only = candidates.length === 1 && languageOfFile(name) !== undefined ? candidates[0] : undefined;
    const file = named ?? only;
    if (!file || [...this.#blocks].some(([placed, { path }]) => path === name && placed.mode === file.mode)) return;
    const text = `${file.block.text.replace(/\n+$/, '')}\n`;
    const both = file.mode === null ? textOfModes(text) : sameText(text);
    if (both.secure !== both.insecure) file.block.notes.push('it got a form for each mode');
    if (!named) file.block.notes.push(`it counts as \`${name}\`: it is the only program of that language above that`);
    this.#blocks.set(file, { path: name, text: both });
  }
}

function namesIn(text: string, mode: Mode | null): string[] {
  const { commands } = readShellBlock(text, mode);
  const programs = commands.flatMap((command) => programOf(command) ?? []);
  const files = commands.flatMap((command) =>
    [...command.matchAll(/(?:-f |--file[= ]|< ?)([\w./-]+\.\w+)/g)].map((match) => match[1]!),
  );
  const words = commands.flatMap((command) =>
    command.split(/\s+/).filter((word) => /^[\w/-][\w./-]*\.[a-z]+$/.test(word)),
  );
  return [...programs, ...files, ...words.filter((word) => !programs.includes(word) && !files.includes(word))];
}

/** Whether a block in that language can be the file. */
function fits(language: string, name: string): boolean {
  const ending = name.split('.').at(-1) ?? '';
  const own = languageOfFile(name);
  const names = own ? [own.fence, own.name, ending] : [ending];
  return names.includes(language) || (language === '' && own === undefined);
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/^(?:from|import) (\w+)/gm)].map((match) => match[1]!);
}
