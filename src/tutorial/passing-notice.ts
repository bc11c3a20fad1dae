import { announce } from '../ui/status.ts';

/** How long the bar shows it, in milliseconds. */
const SHOWN_MS = 8000;

/** The result of something other than a run: announced once, and shown in the bar for a while. */
export class PassingNotice {
  /** The sentence in the bar now. */
  text: string | undefined;
  readonly #redraw: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  show(sentence: string): void {
    announce(sentence);
    this.#draw(sentence);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#draw(undefined), SHOWN_MS);
  }

  #draw(text: string | undefined): void {
    this.text = text;
    this.#redraw();
  }
}
