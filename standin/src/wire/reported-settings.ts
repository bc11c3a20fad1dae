import { VARIABLES } from '../sql/session/variable-list.ts';

/** The session variables that a client is told of, and what PostgreSQL's protocol calls them. */
const REPORTED = [
  ['application_name', 'application_name'],
  ['datestyle', 'DateStyle'],
  ['intervalstyle', 'IntervalStyle'],
  ['timezone', 'TimeZone'],
] as const;

/**
 * What a client was told of its session variables (postgresql.org/docs/18/protocol-flow.html#PROTOCOL-ASYNC). Drivers
 * read times in the zone that they were told.
 */
export class ReportedSettings {
  readonly #variables: ReadonlyMap<string, string>;
  readonly #told = new Map<string, string>();

  constructor(variables: ReadonlyMap<string, string>) {
    this.#variables = variables;
  }

  /** Returns what has changed since the last call, by PostgreSQL's names; everything at first. */
  changes(): [string, string][] {
    const changed: [string, string][] = [];
    for (const [name, reported] of REPORTED) {
      const value = this.#variables.get(name) ?? VARIABLES[name]!.value;
      if (this.#told.get(name) === value) continue;
      this.#told.set(name, value);
      changed.push([reported, value]);
    }
    return changed;
  }
}
