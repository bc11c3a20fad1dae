import type { RunEvent } from '../../shared/protocol.ts';
import { sessionSentence } from '../../shared/sentences/session-sentence.ts';
import { compareOutput, type Comparison } from '../../shared/expectation/compare.ts';
import { printedText } from '../../shared/expectation/printed.ts';
import { differenceView } from '../runner/compare/difference-view.ts';
import { element } from '../ui/element.ts';
import { timeSentence } from '../sentences/end-sentences.ts';
import { noticeOf, type Remedy } from '../runner/result/notice.ts';
import { OutputView } from '../runner/result/output-view.ts';
import { ResultHead } from '../runner/result/result-head.ts';
import type { Program } from './embed-program.ts';
import { rowsElement } from './embed-rows.ts';
import { AS_EXPECTED, TOO_LONG, notComparedSentence, verdictWord } from '../sentences/verdict-sentences.ts';

/** Whether the output was as expected. The sentence is empty when nothing was expected. */
export interface Verdict {
  fits: boolean;
  sentence: string;
}

/** The look of the line at the head of a result. */
export type HeadKind = 'waiting' | 'ok' | 'differs' | 'failed';

/** Longer output is shown but not compared: comparing takes quadratic time in the number of lines. */
const MAX_COMPARED_CHARACTERS = 20_000;

/** The result of a run, below the code. Everything is inserted as text. */
export class EmbedResult {
  readonly node = element('div', { class: 'result', hidden: '' });
  readonly #head = new ResultHead<HeadKind>(this.node);
  #output: OutputView | undefined;
  #events: RunEvent[] = [];
  #characters = 0;

  clear(): void {
    this.#head.stop();
    this.node.replaceChildren();
    this.node.className = 'result';
    this.node.hidden = true;
    this.#output = undefined;
    this.#events = [];
    this.#characters = 0;
  }

  /** Sets the line at the head, which says what is going on. */
  say(text: string, kind: HeadKind = 'waiting'): void {
    this.#head.say(text, kind);
  }

  /** Says that something is going on, and for how long. */
  count(what: string, sinceMs: number): void {
    this.#head.count(what, sinceMs, 'waiting');
  }

  /** Draws an event of a step. */
  show(event: RunEvent): void {
    if (event.type === 'output') {
      this.#keep(event, event.text.length);
      if (!this.#output) this.node.append((this.#output = new OutputView()).node);
      this.#output.write(event.stream, event.text);
    } else if (event.type === 'rows') {
      this.#keep(event, JSON.stringify(event.rows).length);
      this.endOutput();
      this.node.append(rowsElement(event));
    } else if (event.type === 'session') {
      this.endOutput();
      this.node.append(element('p', { class: 'notice' }, sessionSentence(event)));
    }
    this.node.hidden = false;
  }

  /** Draws the rest of the output at once. */
  endOutput(): void {
    this.#output?.draw();
    this.#output = undefined;
  }

  /** Shows that a step succeeded, and whether it printed what was expected. */
  conclude(ms: number, expected: Program['expected'], why: string): Verdict {
    this.endOutput();
    const done = `Done in ${timeSentence(ms)}`;
    if (!expected) return this.#verdict(done, 'ok', '', true);
    if (this.#characters > MAX_COMPARED_CHARACTERS)
      return this.#verdict(
        `${done}, ${verdictWord({ is: 'not-compared', why: TOO_LONG })}`,
        'ok',
        notComparedSentence(TOO_LONG),
        true,
      );
    const comparison = compareOutput(expected, printedText(this.#events), new Map());
    if (comparison.fits) return this.#verdict(`${done}, ${verdictWord({ is: 'fits' })}`, 'ok', AS_EXPECTED, true);
    const word = verdictWord({ is: 'differs', ...comparison, reasons: [] });
    const verdict = this.#verdict(`${done}, ${word}`, 'differs', `It ${word}. ${why}`.trim(), false);
    this.#showDifference(comparison, why);
    return verdict;
  }

  /** Adds a sentence with buttons for what the reader can do about it. */
  notice(text: string, remedies: Remedy[], tone: 'failed' | 'calm' = 'failed'): void {
    this.endOutput();
    this.node.append(noticeOf(text, remedies, tone));
    this.node.hidden = false;
  }

  #verdict(head: string, kind: HeadKind, sentence: string, fits: boolean): Verdict {
    this.say(head, kind);
    return { fits, sentence };
  }

  #showDifference(comparison: Comparison, why: string): void {
    this.node.classList.add('differs');
    if (why !== '') this.#head.node.after(element('p', { class: 'told' }, why));
    this.node.append(differenceView(comparison, (isAlone) => this.node.classList.toggle('alone', isAlone)));
  }

  #keep(event: RunEvent, characters: number): void {
    this.#characters += characters;
    if (this.#characters <= MAX_COMPARED_CHARACTERS) this.#events.push(event);
    else this.#events = [];
  }
}
