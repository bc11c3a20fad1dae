import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { groupPlaces, labelOf, stateFolders } from './places.ts';

/** What servers of one instance have made on this machine. */
export class Traces {
  readonly #stateDir: string;
  readonly #label: string;

  constructor(instance: string) {
    this.#stateDir = resolve(import.meta.dirname, '../../.bankrun', instance);
    this.#label = labelOf(this.#stateDir);
  }

  /** Returns the pids of all processes in its sandboxes. */
  processes(): string[] {
    // Whether zombies are reaped is up to this machine's first process.
    const isAlive = (pid: string): boolean => /^State:\s+[^ZX]/m.test(readIfAny(`/proc/${pid}/status`));
    return readdirSync('/proc').filter(
      (name) => /^\d+$/.test(name) && readIfAny(`/proc/${name}/cgroup`).includes(this.#label) && isAlive(name),
    );
  }

  /** Returns what is left of single sandboxes: control groups, bundles, states. */
  pieces(): string[] {
    const folders = stateFolders(this.#stateDir).flatMap((folder) =>
      ['bundles-runc', 'state-runc'].map((name) => join(folder, name)),
    );
    return [...this.#groups(), ...folders]
      .filter((place) => existsSync(place))
      .flatMap((place) =>
        readdirSync(place, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => join(place, name)),
      );
  }

  /** Returns everything: control groups, bundles, states, mounts, sockets, processes. */
  all(): string[] {
    const files = stateFolders(this.#stateDir).flatMap((place) => readdirSync(place).map((name) => join(place, name)));
    const lines = ['/proc/self/mountinfo', '/proc/net/unix'].flatMap((file) => readIfAny(file).split('\n'));
    return [...this.#groups(), ...files, ...lines.filter((line) => line.includes(this.#label)), ...this.processes()];
  }

  #groups(): string[] {
    return groupPlaces()
      .map((place) => join(place, `${this.#label}-runc`))
      .filter((place) => existsSync(place));
  }
}

/** Returns a file's text, or an empty one when there is none. */
export function readIfAny(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
