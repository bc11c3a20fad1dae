import { LANGUAGES } from './all.ts';

const preloading = LANGUAGES.filter(({ modules }) => modules !== undefined);

/** The names, for readers, of the languages whose modules can be loaded in advance. */
export const PRELOADING: readonly string[] = preloading.map(({ label }) => label);

/** Whether a text has the form of a module name that could be loaded in advance. The module need not exist. */
export function isModule(name: string): boolean {
  return preloading.some(({ modules }) => modules?.test(name));
}
