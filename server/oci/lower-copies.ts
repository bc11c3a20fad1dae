import { chmod, cp, lchown, mkdir, opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Copies of directories that belong to the engine's uid, each made when the first container needs it. The originals
 * belong to whoever ran set-up, but PostgreSQL accepts only files that it owns.
 */
export class LowerCopies {
  readonly #directory: string;
  readonly #owner: number;
  readonly #copies = new Map<string, Promise<string>>();

  /** The copies are made in `directory`; older ones there are replaced. */
  constructor(directory: string, owner: number) {
    this.#directory = directory;
    this.#owner = owner;
  }

  /** Returns the path of a directory's copy. Rejects when it cannot be made; the next call tries again. */
  of(source: string): Promise<string> {
    const known = this.#copies.get(source);
    if (known) return known;
    const copying = this.#copy(source, join(this.#directory, String(this.#copies.size)));
    this.#copies.set(source, copying);
    copying.catch(() => this.#copies.delete(source));
    return copying;
  }

  async #copy(source: string, destination: string): Promise<string> {
    await rm(destination, { recursive: true, force: true });
    await mkdir(this.#directory, { recursive: true, mode: 0o755 });
    await cp(source, destination, { recursive: true, verbatimSymlinks: true });
    await chmod(destination, 0o700);
    await lchown(destination, this.#owner, this.#owner);
    for await (const entry of await opendir(destination, { recursive: true })) {
      await lchown(join(entry.parentPath, entry.name), this.#owner, this.#owner);
    }
    return destination;
  }
}
