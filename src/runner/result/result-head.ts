import { element } from '../../ui/element.ts';

/** The line at the head of a result, which says what is going on. */
export class ResultHead<Kind extends string> {
  readonly node = element('p', { class: 'head' });
  readonly #result: HTMLElement;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(result: HTMLElement) {
    this.#result = result;
  }

  /** Says it in place of what it said last, and shows the result. `kind` is the class for its look. */
  say(text: string, kind: Kind): void {
    this.stop();
    this.node.textContent = text;
    this.node.className = `head ${kind}`;
    if (!this.node.isConnected) this.#result.prepend(this.node);
    this.#result.hidden = false;
  }

  /** Says `what`, and from the next second on for how long: since `sinceMs`, in epoch milliseconds. */
  count(what: string, sinceMs: number, kind: Kind, before = ''): void {
    this.say(what, kind);
    this.#ticking = setInterval(() => {
      this.node.textContent = `${what} ${before}${Math.round((Date.now() - sinceMs) / 1000)} s`;
    }, 1000);
  }

  /** Counts no longer. */
  stop(): void {
    clearInterval(this.#ticking);
  }
}
