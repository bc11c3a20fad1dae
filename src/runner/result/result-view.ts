import type { Mode, RunEvent } from '../../../shared/protocol.ts';
import { BalancesView } from './balances-view.ts';
import { button, element } from '../../ui/element.ts';
import { sessionSentence } from '../../../shared/sentences/session-sentence.ts';
import { timeSentence } from '../../sentences/end-sentences.ts';
import { openDetails } from '../../ui/open-details.ts';
import { stepOfFigure } from '../step/figure-step.ts';
import { OutputView } from './output-view.ts';
import { DRAWN_EVENT, showRange, unmark, type CodeRange } from '../step/code-range.ts';
import { rowsView } from './rows-view.ts';
import { sqlErrorRange } from './sql-error-range.ts';

/** A remedy that a notice offers. */
export interface Remedy {
  label: string;
  press: () => void;
}

/** Since when a step runs, epoch milliseconds; it may have begun before when that is only a bound. */
export interface Since {
  ms: number;
  isBound: boolean;
}

/** How the line at the head of a result looks. */
export type HeadKind = 'waiting' | 'running' | 'ok' | 'stopped' | 'failed';

const KEPT_CHARACTERS = 20_000;

/** What a step's figure shows of its last run in one mode, below the code. */
export class ResultView {
  readonly node: HTMLElement;
  readonly #head = element('p', { class: 'head' });
  readonly #stale = element('p', { class: 'notice' });
  readonly #balances: BalancesView | undefined;
  /** What it prints is drawn as lanes, too. */
  readonly #hasLanes: boolean;
  #output: OutputView | undefined;
  #lingering: ReturnType<typeof lingering> | undefined;
  #events: RunEvent[] = [];
  #printed = '';
  #answers = 0;
  readonly #figure: HTMLElement | null;
  #characters = 0;
  /** Another for each time that it is emptied: what was to be shown before is for another run. */
  round = 0;
  readonly #doneWord: string;
  #ticking: ReturnType<typeof setInterval> | undefined;

  /**
   * `mode` where the figure is of both, so that each shows its own results; `doneWord` says what a success is: `Done`.
   */
  constructor(area: HTMLElement, mode: Mode | undefined, doneWord: string) {
    this.#doneWord = doneWord;
    this.node = element('div', { class: 'shown', 'data-show': mode });
    this.node.hidden = true;
    const figure = area.closest('figure');
    this.#figure = figure;
    this.#balances = figure ? BalancesView.of(figure, mode) : undefined;
    this.#hasLanes = figure !== null && stepOfFigure(figure).view === 'lanes';
    area.append(this.node);
    area.hidden = false;
  }

  get isEmpty(): boolean {
    return this.node.hidden !== false;
  }

  /** It shows something that went wrong. */
  get hasFailed(): boolean {
    return !this.isEmpty && this.#head.classList.contains('failed');
  }

  /** The events that it shows, to draw it again after a reload; undefined when they are too many to keep. */
  get kept(): RunEvent[] | undefined {
    return this.#characters <= KEPT_CHARACTERS ? this.#events : undefined;
  }

  /** Empties it. */
  clear(): void {
    clearInterval(this.#ticking);
    this.node.replaceChildren();
    this.node.className = 'shown';
    this.node.hidden = true;
    this.round += 1;
    this.#output = undefined;
    this.#events = [];
    this.#characters = 0;
    this.#printed = '';
    this.#answers = 0;
    if (this.#figure) unmark(this.#figure);
  }

  /** Shows what came of an earlier run; `before` is what came of the last one that succeeded. */
  replay(events: RunEvent[], before: RunEvent[] = []): void {
    this.clear();
    this.#balances?.replay(before);
    for (const event of events) this.show(event);
  }

  /** One line that says what is going on; replaced by the next. */
  say(text: string, kind: HeadKind = 'waiting'): void {
    clearInterval(this.#ticking);
    this.#head.textContent = text;
    this.#head.className = `head ${kind}`;
    if (!this.#head.isConnected) this.node.prepend(this.#head);
    this.node.hidden = false;
    // A failure is never folded away.
    if (kind === 'failed') openDetails(this.node);
  }

  /** Says that it runs, and for how long. */
  run({ ms, isBound }: Since): void {
    this.say('Running…', 'running');
    this.#ticking = setInterval(() => {
      this.#head.textContent = `Running… ${isBound ? 'at least ' : ''}${Math.round((Date.now() - ms) / 1000)} s`;
    }, 1000);
  }

  /** Says why what is shown counts no more; nothing to say when it does. */
  setStale(sentence: string | undefined): void {
    this.#stale.textContent = sentence ?? '';
    if (sentence === undefined || this.isEmpty) this.#stale.remove();
    else if (this.#head.nextSibling !== this.#stale) this.#head.after(this.#stale);
  }

  /**
   * Says beside "Done" whether it printed what was expected: `word`. Of a difference also why, where that is known, and
   * the lines, which take the place of what was printed.
   */
  conclude(word: string, is: 'fits' | 'differs' | 'not-compared', reason = '', difference?: HTMLElement): void {
    // Something else may have been said meanwhile.
    if (!this.#head.classList.contains('ok')) return;
    this.node.classList.add(is);
    this.#head.classList.add(is);
    this.#head.append(element('span', { class: 'verdict' }, `, ${word}`));
    if (reason !== '') this.#head.after(element('p', { class: 'told' }, reason));
    if (difference) this.#add(difference);
  }

  /** Shows what was printed, or how it differs from what was expected. */
  showAlone(isAlone: boolean): void {
    this.node.classList.toggle('alone', isAlone);
  }

  /** Draws an event of this step. */
  show(event: RunEvent): void {
    // What the reader's own run gave takes the place of what was recorded; a word that it cannot run does not.
    this.node.classList.add('ran');
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
        this.#keep(
          event,
          event.rows.reduce((sum, row) => sum + row.reduce((length, cell) => length + (cell?.length ?? 4) + 3, 2), 0),
        );
        this.#endOutput();
        this.#answers += 1;
        if (!this.#balances?.show(event)) this.#add(rowsView(event));
        return;
      case 'session':
        this.#keep(event, 0);
        return this.#tellSession(sessionSentence(event));
      case 'done':
        this.#keep(event, 0);
        this.#endOutput();
        this.say(doneSentence(event, this.#doneWord), event.ok ? 'ok' : 'failed');
        if (this.#hasLanes) void this.#drawLanes();
        if (!event.ok) this.#markRange();
        return;
      case 'begin':
      case 'tables':
      case 'end':
    }
  }

  #tellSession(sentence: string): void {
    if (sentence !== '') this.notice(sentence, [], 'calm');
  }

  /** What could not be loaded is still there as it was printed. */
  async #drawLanes(): Promise<void> {
    const { round } = this;
    const printed = this.#events
      .map((event) => (event.type === 'output' && event.stream === 'stdout' ? event.text : ''))
      .join('');
    const lanes = (await import('../../lanes/lanes-view.ts').catch(() => undefined))?.lanesView(printed);
    if (lanes && round === this.round) this.#head.after(lanes);
  }

  /** A sentence with what can be done about it. */
  notice(text: string, remedies: Remedy[] = [], tone: 'failed' | 'calm' = 'failed'): void {
    this.#endOutput();
    const made = element('p', { class: text === '' ? 'remedies' : `notice ${tone}` }, text);
    for (const { label, press } of remedies) made.append(' ', button(label, press));
    this.#add(made);
  }

  /** A passing word at the end, in place of the last one; empty takes it away. */
  whisper(text: string): void {
    this.node.querySelector(':scope > .whisper')?.remove();
    if (text !== '') this.#add(element('p', { class: 'notice whisper' }, text));
    else if (this.node.childElementCount === 0) this.node.hidden = true;
  }

  /**
   * A line at the end that stays until it is taken away, whatever comes before it, with the button that ends what it
   * tells of.
   */
  linger(text: string | undefined, end?: Remedy): void {
    const had = this.#lingering;
    if (text === undefined || !end) {
      // The button goes: a keyboard goes on from Run.
      if (had?.line.contains(document.activeElement))
        this.node
          .closest('figure')
          ?.querySelector<HTMLElement>('.actions [data-action="run"]')
          ?.focus({ preventScroll: true });
      had?.line.remove();
      this.#lingering = undefined;
      if (had && this.node.childElementCount === 0) this.node.hidden = true;
      return;
    }
    const { line, press } = (this.#lingering ??= lingering(end));
    press.does = end.press;
    if (line.firstChild!.textContent !== text) line.firstChild!.textContent = text;
    // Moving it would take the focus from its button.
    if (line !== this.node.lastElementChild && !line.contains(document.activeElement)) this.#add(line);
  }

  #endOutput(): void {
    this.#output?.end();
    this.#printed += this.#output?.printed ?? '';
    this.#output = undefined;
  }

  /** Where a SQL step failed, when that is known: marked in its code, with a way there. */
  #markRange(): void {
    const [figure, printed, answers, { round }] = [this.#figure, this.#printed, this.#answers, this];
    if (!figure || stepOfFigure(figure).step.kind !== 'sql') return;
    const find = (text: string): CodeRange | undefined => sqlErrorRange(text, printed, answers);
    const way = element(
      'p',
      { class: 'told' },
      button('Show the place', () => showRange(figure, find, true)),
    );
    this.#add(way);
    const mark = (): void => {
      if (this.round === round) way.hidden = !showRange(figure, find, false);
      else figure.removeEventListener(DRAWN_EVENT, mark);
    };
    figure.addEventListener(DRAWN_EVENT, mark);
    mark();
  }

  #keep(event: RunEvent, characters: number): void {
    this.#characters += characters;
    if (this.#characters <= KEPT_CHARACTERS) this.#events.push(event);
    else this.#events = [];
  }

  #add(node: HTMLElement): void {
    this.node.append(node);
    this.node.hidden = false;
  }
}

/** A line whose words and doing may change while its button has the focus. */
function lingering({ label, press: does }: Remedy): { line: HTMLElement; press: { does: () => void } } {
  const press = { does };
  return {
    line: element(
      'p',
      { class: 'notice lingering' },
      element('span'),
      ' ',
      button(label, () => press.does()),
    ),
    press,
  };
}

function doneSentence({ ok, exitCode, ms }: RunEvent & { type: 'done' }, doneWord: string): string {
  if (ok) return `${doneWord} in ${timeSentence(ms)}`;
  return `Failed after ${timeSentence(ms)}${exitCode === undefined ? '' : `, exit code ${exitCode}`}`;
}
