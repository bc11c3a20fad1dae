import { tellStatus } from '../ui/status.ts';

/** How long the bar says it, milliseconds. */
const TOLD_MS = 8000;

/** What came of something other than a run: said once to the ear, and for a while to the eye. */
export class PassingNotice {
  /** What the bar says now. */
  text: string | undefined;
  readonly #redraw: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  tell(sentence: string): void {
    tellStatus(sentence);
    this.#show(sentence);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(undefined), TOLD_MS);
  }

  #show(text: string | undefined): void {
    this.text = text;
    this.#redraw();
  }
}
