import type { Language } from '../../languages/language.ts';
import type { Mode } from '../../shared/protocol.ts';

/** A small program that works, for the beginning of a tutorial. */
export interface Starter {
  language: Language;
  /** What people call the driver. */
  driver: string;
  /** The name that it is installed by, and that the list of the tutorials' packages has. */
  package: string;
  /** The command of the tutorial's first step. */
  install: string;
  /** The modules that the sandbox loads in advance, where the language allows it. */
  imports: string[];
  /** The partial that says which version of the language is needed. */
  partial: string;
  /** The name of the function that adds a book, which the page's text mentions. */
  adds: string;
  /** Returns the program, which connects in that mode. */
  program: (mode: Mode) => string;
}
