import { tellStatus } from '../ui/status.ts';

/** What the drawer's line says of a terminal, and what the reader can do about it. */
export interface Told {
  sentence: string;
  remedy?: { label: string; press: () => void };
}

/** What is to be said of one terminal in the drawer's line. */
export class TabLine {
  /** Undefined when there is nothing to say. */
  told: Told | undefined;
  readonly #redraw: () => void;

  /** `redraw` draws the drawer's line anew. */
  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  /** Says something that the reader can do something about, to the ear too. */
  tell(sentence: string, label: string, press: () => void): void {
    this.told = { sentence, remedy: { label, press } };
    tellStatus(sentence);
    this.#redraw();
  }

  /** Says something to the eye; undefined takes away what was said. */
  say(sentence: string | undefined): void {
    this.told = sentence === undefined ? undefined : { sentence };
    this.#redraw();
  }
}
