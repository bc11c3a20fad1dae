import { LANGUAGES } from './all.ts';
import type { Language } from './language.ts';

/** Returns the language of a file, by its extension; undefined for other files. */
export function languageOfFile(path: string): Language | undefined {
  const ending = path.split('.').at(-1) ?? '';
  return LANGUAGES.find(({ endings }) => endings.includes(ending));
}

/** Returns the program file that a command line runs first, as in `python FILE …`; undefined when it runs none. */
export function programRunBy(command: string): string | undefined {
  const [, word = '', file = ''] = /^(\S+) ([\w./-]+\.\w+)\b/.exec(command) ?? [];
  return languageOfFile(file)?.runs.includes(word) ? file : undefined;
}

/** Whether the words of a command line run a program of a language, with any arguments. */
export function isProgramRun([word = '', file = '-']: readonly string[]): boolean {
  return !file.startsWith('-') && LANGUAGES.some(({ runs }) => runs.includes(word));
}
