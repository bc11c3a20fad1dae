import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** A file that a page includes. */
export interface IncludedFile {
  path: string;
  text: string;
}

/** Finds the files that a page includes: in `_includes` of its site, and in a folder of programs. */
export class IncludeFiles {
  readonly #roots: string[];
  readonly #samples: string | undefined;

  /** `page` is the page's path; `samples` the folder of programs, if one is given. */
  constructor(page: string, samples: string | undefined) {
    this.#roots = foldersAbove(page).map((folder) => join(folder, '_includes'));
    this.#samples = samples;
  }

  /** Returns the file that `{% include NAME %}` means; undefined when there is none. */
  include(name: string): IncludedFile | undefined {
    const path = this.#roots.map((root) => inside(root, name)).find((each) => each !== undefined && isFile(each));
    return path === undefined ? undefined : { path, text: read(path) };
  }

  /** Returns the given program whose path has most in common with the end of `address`; undefined if there is none. */
  program(address: string): IncludedFile | undefined {
    if (this.#samples === undefined || !existsSync(this.#samples)) return undefined;
    const name = basename(address);
    const named = readdirSync(this.#samples, { recursive: true, encoding: 'utf8' })
      .filter((path) => basename(path) === name && !/(^|\/)(node_modules|\.)/.test(path))
      .sort((a, b) => inCommon(b, address) - inCommon(a, address));
    const path = named[0] === undefined ? undefined : join(this.#samples, named[0]);
    return path !== undefined && isFile(path) ? { path, text: read(path) } : undefined;
  }

  /** Returns the given programs in a folder of that name, directly in it; none when it is not there. */
  folder(name: string): IncludedFile[] {
    const path = this.#samples === undefined ? undefined : inside(resolve(this.#samples), name);
    if (path === undefined || !existsSync(path)) return [];
    const files = readdirSync(path).map((file) => join(path, file));
    return files.filter(isFile).map((file) => ({ path: file, text: read(file) }));
  }
}

function foldersAbove(page: string): string[] {
  const folder = dirname(resolve(page));
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(folder)];
}

function inside(root: string, name: string): string | undefined {
  const path = resolve(root, name);
  return path.startsWith(`${root}/`) ? path : undefined;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function inCommon(path: string, address: string): number {
  const [a, b] = [path.split('/').reverse(), address.split('/').reverse()];
  const end = a.findIndex((part, index) => part !== b[index]);
  return end < 0 ? a.length : end;
}

function read(path: string): string {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}
