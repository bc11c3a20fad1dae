import type { RunEvent } from '../../server/protocol.ts';
import { button, element } from './element.ts';
import { OutputView } from './output-view.ts';
import { rowsView } from './rows-view.ts';

/** A remedy that a notice offers. */
export interface Remedy {
  label: string;
  press: () => void;
}

const KEPT_CHARACTERS = 20_000;

/** What a step's figure shows of its last run, below the code. */
export class ResultView {
  readonly #area: HTMLElement;
  #output: OutputView | undefined;
  #head: HTMLElement | undefined;
  #events: RunEvent[] = [];
  #characters = 0;

  constructor(area: HTMLElement) {
    this.#area = area;
  }

  /** The events that it shows, to draw it again after a reload; undefined when they are too many to keep. */
  get kept(): RunEvent[] | undefined {
    return this.#characters <= KEPT_CHARACTERS ? this.#events : undefined;
  }

  /** Empties it. */
  clear(): void {
    this.#area.replaceChildren();
    this.#area.hidden = true;
    this.#output = undefined;
    this.#head = undefined;
    this.#events = [];
    this.#characters = 0;
  }

  /** One line that says what is going on; replaced by the next. */
  say(text: string): void {
    this.#head ??= element('p', { class: 'head' });
    this.#head.textContent = text;
    if (!this.#head.isConnected) this.#area.prepend(this.#head);
    this.#area.hidden = false;
  }

  /** Draws an event of this step. */
  show(event: RunEvent): void {
    switch (event.type) {
      case 'output':
        this.#keep(event, event.text.length);
        if (!this.#output) {
          this.#output = new OutputView();
          this.#add(this.#output.node);
        }
        this.#output.write(event.stream, event.text);
        return;
      case 'rows':
        this.#keep(event, JSON.stringify(event.rows).length);
        this.#output?.draw();
        this.#output = undefined;
        this.#add(rowsView(event));
        return;
      case 'done':
        this.#keep(event, 0);
        this.#output?.draw();
        this.say(doneSentence(event));
        this.#head?.classList.toggle('failed', !event.ok);
        return;
      case 'begin':
      case 'tables':
      case 'end':
    }
  }

  /** A sentence with what can be done about it. */
  notice(text: string, remedies: Remedy[] = [], failed = true): void {
    this.#output?.draw();
    const made = element('p', { class: failed ? 'notice failed' : 'notice' }, text);
    for (const { label, press } of remedies) made.append(' ', button(label, press));
    this.#add(made);
  }

  /** Takes notices away, for instance when what they said is over. */
  clearNotices(): void {
    for (const notice of this.#area.querySelectorAll(':scope > .notice')) notice.remove();
  }

  #keep(event: RunEvent, characters: number): void {
    this.#characters += characters;
    if (this.#characters <= KEPT_CHARACTERS) this.#events.push(event);
    else this.#events = [];
  }

  #add(node: HTMLElement): void {
    this.#area.append(node);
    this.#area.hidden = false;
  }
}

function doneSentence({ ok, exitCode, ms }: RunEvent & { type: 'done' }): string {
  const time = ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms} ms`;
  if (ok) return ms > 0 ? `Done in ${time}` : 'Done';
  return `Failed after ${time}${exitCode === undefined ? '' : `, exit code ${exitCode}`}`;
}
