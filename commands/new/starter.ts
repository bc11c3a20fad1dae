import type { Language } from '../../languages/language.ts';
import type { Mode } from '../../shared/protocol.ts';

/** A small program that works, for the beginning of a tutorial. */
export interface Starter {
  language: Language;
  /** The driver, as `--driver` takes it. */
  driver: string;
  /** What pages call the driver, when that is another word. */
  called?: string;
  /** The names that the driver and what it needs are installed by, and that the list of the tutorials' packages has. */
  packages: readonly string[];
  /** The command of the tutorial's first step, up to the packages. */
  install: string;
  /** The modules that the sandbox loads in advance, where the language allows it. */
  imports: readonly string[];
  /** The oldest CockroachDB that the driver takes, when that is not any. */
  needs?: string;
  /** The partial that says which version of the language is needed. */
  partial: string;
  /** The name of the function that adds a book, which the page's text mentions. */
  adds: string;
  /** Returns the program, which connects in that mode. */
  program: (mode: Mode) => string;
}
