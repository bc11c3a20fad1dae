import { LANGUAGES } from './all.ts';

const preloading = LANGUAGES.filter(({ modules }) => modules !== undefined);

/** The languages whose modules can be loaded ahead of a run, as readers know them. */
export const PRELOADING: readonly string[] = preloading.map(({ label }) => label);

/** Whether something is the name of a module that could be loaded ahead; not whether there is one. */
export function isModule(name: string): boolean {
  return preloading.some(({ modules }) => modules?.test(name));
}
