import type { Mode, RunEvent } from '../../../shared/protocol.ts';
import { answerMark } from './answer-mark.ts';
import { BalancesView } from './balances-view.ts';
import { element } from '../../ui/element.ts';
import { sessionSentence } from '../../../shared/sentences/session-sentence.ts';
import { failedSentence, timeSentence, waitingSentence } from '../../sentences/end-sentences.ts';
import { mayFail } from '../../../shared/step-end.ts';
import { openDetails } from '../../ui/open-details.ts';
import { stepOfFigure } from '../step/figure-step.ts';
import { keptEvents, type KeptEvents } from './kept-events.ts';
import { OutputView } from './output-view.ts';
import { LingeringLine } from './lingering-line.ts';
import { noticeOf, type Remedy } from './notice.ts';
import { ResultHead } from './result-head.ts';
import { unmark, type CodeRange } from '../step/code-range.ts';
import { rowsView } from './rows-view.ts';
import { sessionNames } from './session-names.ts';
import { sqlErrorRange } from './sql-error-range.ts';
import { withCodeLinks } from './traceback.ts';
import { wayToRange } from './way-to-range.ts';

/** When a step began, in epoch milliseconds. With `isBound`, it began then or earlier. */
export interface Since {
  ms: number;
  isBound: boolean;
}

/** The look of the line at the head of a result. */
export type HeadKind = 'waiting' | 'running' | 'ok' | 'stopped' | 'failed';

/** Shows a step's last run in one mode, below the step's code. */
export class ResultView {
  readonly node: HTMLElement;
  readonly #head: ResultHead<HeadKind>;
  readonly #stale = element('p', { class: 'notice' });
  readonly #balances: BalancesView | undefined;
  /** Whether its output is also drawn as lanes. */
  readonly #hasLanes: boolean;
  /** Whether the page says that the step must fail. */
  readonly #mayFail: boolean;
  #output: OutputView | undefined;
  #lingering: LingeringLine | undefined;
  #events: RunEvent[] = [];
  #printed = '';
  #answers = 0;
  readonly #figure: HTMLElement | null;
  /** Increases each time the view is cleared, so that late results of an earlier run can be dropped. */
  round = 0;
  readonly #doneWord: string;

  /**
   * `mode` is set when both modes share the figure: each mode then gets results of its own. `doneWord` is the word for
   * success, such as `Done`.
   */
  constructor(area: HTMLElement, mode: Mode | undefined, doneWord: string) {
    this.#doneWord = doneWord;
    this.node = element('div', { class: 'shown', 'data-show': mode });
    this.node.hidden = true;
    this.#head = new ResultHead(this.node);
    const figure = area.closest('figure');
    this.#figure = figure;
    this.#balances = figure ? BalancesView.of(figure, mode) : undefined;
    const pageStep = figure && stepOfFigure(figure);
    this.#hasLanes = pageStep?.view === 'lanes';
    this.#mayFail = mayFail(pageStep?.step);
    area.append(this.node);
    area.hidden = false;
  }

  get isEmpty(): boolean {
    return this.node.hidden !== false;
  }

  /** What is kept of the shown events, to draw them again after a reload. */
  get kept(): KeptEvents {
    return keptEvents(this.#events);
  }

  /** All shown events. */
  get shown(): readonly RunEvent[] {
    return this.#events;
  }

  /** Clears everything. */
  clear(): void {
    this.#head.stop();
    this.node.replaceChildren();
    this.node.className = 'shown';
    this.node.hidden = true;
    this.round += 1;
    this.#output = undefined;
    this.#events = [];
    this.#printed = '';
    this.#answers = 0;
    if (this.#figure) unmark(this.#figure);
  }

  /** Shows the events of an earlier run. `before` are the events of the last run that succeeded. */
  replay(events: RunEvent[], before: RunEvent[] = []): void {
    this.clear();
    this.#balances?.replay(before);
    for (const event of events) this.show(event);
  }

  /** Sets the line at the head, which says what is going on. */
  say(text: string, kind: HeadKind = 'waiting'): void {
    this.#head.say(text, kind);
    // A failure must never be folded away.
    if (kind === 'failed') openDetails(this.node);
  }

  /** Says that the step is running, and for how long. */
  run({ ms, isBound }: Since): void {
    this.#head.count('Running…', ms, 'running', isBound ? 'at least ' : '');
  }

  /** Shows why the result is out of date; undefined removes the sentence. */
  setStale(sentence: string | undefined): void {
    this.#stale.textContent = sentence ?? '';
    if (sentence === undefined || this.isEmpty) this.#stale.remove();
    else if (this.#head.node.nextSibling !== this.#stale) this.#head.node.after(this.#stale);
  }

  /**
   * Shows the verdict `word` next to "Done". For a difference also shows the reason, if known, and the compared lines
   * in place of what was printed.
   */
  conclude(word: string, is: 'fits' | 'differs' | 'not-compared', reason = '', difference?: HTMLElement): void {
    // The head may have changed meanwhile.
    if (!this.#head.node.classList.contains('ok')) return;
    this.node.classList.add(is);
    this.#head.node.classList.add(is);
    this.#head.node.append(element('span', {}, `, ${word}`));
    if (reason !== '') this.#head.node.after(element('p', { class: 'told' }, reason));
    if (difference) this.#add(difference);
  }

  /** Shows only what was printed, or the comparison with what was expected. */
  showAlone(isAlone: boolean): void {
    this.node.classList.toggle('alone', isAlone);
  }

  /** Draws an event of this step. */
  show(event: RunEvent): void {
    // The result of the reader's own run replaces the recorded output; a notice that it cannot run does not.
    this.node.classList.add('ran');
    switch (event.type) {
      case 'output':
        this.#events.push(event);
        if (!this.#output) {
          this.#output = new OutputView(withCodeLinks);
          this.#add(this.#output.node);
        }
        this.#output.write(event.stream, event.text);
        return;
      case 'rows':
        this.#events.push(event);
        this.#endOutput();
        this.#answers += 1;
        if (!this.#balances?.show(event)) this.#add(rowsView(event));
        return;
      case 'session':
        this.#events.push(event);
        return this.#tellSession(sessionSentence(event));
      case 'answer':
        this.#events.push(event);
        this.#endOutput();
        return this.#add(answerMark(event.of, this.#figure && sessionNames(this.#figure).own));
      case 'done':
        this.#events.push(event);
        this.#endOutput();
        if (event.isWaiting && this.#figure) {
          const { own, other } = sessionNames(this.#figure);
          return this.say(waitingSentence(own, other));
        }
        // How a step that must fail has ended is judged with its output.
        this.say(doneSentence(event, this.#doneWord), event.ok || this.#mayFail ? 'ok' : 'failed');
        if (this.#hasLanes) void this.#drawLanes();
        if (!event.ok && !this.#mayFail) this.#markRange();
        return;
      case 'begin':
      case 'tables':
      case 'end':
    }
  }

  #tellSession(sentence: string): void {
    if (sentence !== '') this.notice(sentence, [], 'calm');
  }

  /** If the lanes cannot be loaded, the printed output is still there. */
  async #drawLanes(): Promise<void> {
    const { round } = this;
    const printed = this.#events
      .map((event) => (event.type === 'output' && event.stream === 'stdout' ? event.text : ''))
      .join('');
    const lanes = (await import('../../lanes/lanes-view.ts').catch(() => undefined))?.lanesView(printed);
    if (lanes && round === this.round) this.#head.node.after(lanes);
  }

  /** Adds a sentence with buttons for what the reader can do about it. */
  notice(text: string, remedies: Remedy[] = [], tone: 'failed' | 'calm' = 'failed'): void {
    this.#endOutput();
    this.#add(noticeOf(text, remedies, tone));
  }

  /** Shows a temporary sentence at the end, replacing the last one. An empty text removes it. */
  whisper(text: string): void {
    this.node.querySelector(':scope > .whisper')?.remove();
    if (text !== '') this.#add(element('p', { class: 'notice whisper' }, text));
    else if (this.node.childElementCount === 0) this.node.hidden = true;
  }

  /**
   * Shows a line at the end, with a button that ends what it is about. The line stays last until it is removed:
   * undefined removes it.
   */
  linger(text: string | undefined, end?: Remedy): void {
    const had = this.#lingering;
    if (text === undefined || !end) {
      had?.remove();
      this.#lingering = undefined;
      if (had && this.node.childElementCount === 0) this.node.hidden = true;
      return;
    }
    const lingering = (this.#lingering ??= new LingeringLine());
    lingering.say(text, end);
    // Moving the line would take the focus from its button.
    if (lingering.node !== this.node.lastElementChild && !lingering.hasFocus) this.#add(lingering.node);
  }

  #endOutput(): void {
    this.#output?.end();
    this.#printed += this.#output?.printed ?? '';
    this.#output = undefined;
  }

  /** Marks where a SQL step failed in its code, if that is known, and adds a button that scrolls there. */
  #markRange(): void {
    const [figure, printed, answers, { round }] = [this.#figure, this.#printed, this.#answers, this];
    if (!figure || stepOfFigure(figure).step.kind !== 'sql') return;
    const find = (text: string): CodeRange | undefined => sqlErrorRange(text, printed, answers);
    this.#add(wayToRange(figure, find, () => this.round === round));
  }

  #add(node: HTMLElement): void {
    this.node.append(node);
    this.node.hidden = false;
  }
}

function doneSentence(event: RunEvent & { type: 'done' }, doneWord: string): string {
  return event.ok ? `${doneWord} in ${timeSentence(event.ms)}` : failedSentence(event);
}
