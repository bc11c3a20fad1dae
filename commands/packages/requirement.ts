import { Refusal } from '../refusal.ts';
import { plainName } from './python-list.ts';

/** A package to add, as it was typed. */
export interface Requirement {
  /** The name as the index compares it. */
  name: string;
  /** The name with its extras, for example `psycopg[binary]`. */
  full: string;
  /** The exact version; undefined for the newest one that fits. */
  version: string | undefined;
}

const PYTHON =
  /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:\[[A-Za-z0-9._-]+(?:,[A-Za-z0-9._-]+)*\])?)(?:==([A-Za-z0-9.!+]+))?$/;
const NODE = /^((?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*)(?:@(\d+\.\d+\.\d+[\w.+-]*))?$/;

/** Reads a package's name, perhaps with extras and a version, as pip takes it. Throws Refusal. */
export function pythonRequirement(text: string): Requirement {
  const [, full, version] = PYTHON.exec(text.replaceAll(' ', '')) ?? [];
  if (full === undefined)
    throw new Refusal(
      `"${text}" is no package: type its name as for pip, such as 'psycopg[binary]' or 'flask==3.1.0'.`,
    );
  return { name: plainName(full), full, version };
}

/** Reads a package's name, perhaps with a version, as npm takes it. Throws Refusal. */
export function nodeRequirement(text: string): Requirement {
  const [, name, version] = NODE.exec(text) ?? [];
  if (name === undefined)
    throw new Refusal(`"${text}" is no package: type its name as for npm, such as knex or knex@3.1.0.`);
  return { name, full: name, version };
}
