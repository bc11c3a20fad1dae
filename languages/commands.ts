import { LANGUAGES } from './all.ts';
import type { Language } from './language.ts';

/** Returns the language of a file, by its extension; undefined for other files. */
export function languageOfFile(path: string): Language | undefined {
  const ending = path.split('.').at(-1) ?? '';
  return LANGUAGES.find(({ endings }) => endings.includes(ending));
}

/** Whether the words of a command line run a program of a language, with any arguments. */
export function isProgramRun([word = '', file = '-']: readonly string[]): boolean {
  return !file.startsWith('-') && LANGUAGES.some(({ runs }) => runs.includes(word));
}
