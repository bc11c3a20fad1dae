import { announce } from '../ui/status.ts';

/** What the drawer's line says about a terminal, and a button for what the reader can do about it. */
export interface Told {
  sentence: string;
  remedy?: { label: string; press: () => void };
}

/** The sentence about one terminal in the drawer's line. */
export class TabLine {
  /** Undefined when there is nothing to say. */
  told: Told | undefined;
  readonly #redraw: () => void;

  /** `redraw` redraws the drawer's line. */
  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  /** Shows and announces a sentence, with a button for what the reader can do about it. */
  offer(sentence: string, label: string, press: () => void): void {
    this.told = { sentence, remedy: { label, press } };
    announce(sentence);
    this.#redraw();
  }

  /** Shows a sentence without announcing it; undefined removes it. */
  say(sentence: string | undefined): void {
    this.told = sentence === undefined ? undefined : { sentence };
    this.#redraw();
  }
}
