import type { RunEvent } from '../../shared/protocol.ts';
import type { Expectation, Failure } from '../../shared/step.ts';
import { sessionSentence } from '../../shared/sentences/session-sentence.ts';
import { compareOutput, type Comparison } from '../../shared/expectation/compare.ts';
import { printedText } from '../../shared/expectation/printed.ts';
import { differenceView } from '../runner/compare/difference-view.ts';
import { element } from '../ui/element.ts';
import { answerMark } from '../runner/result/answer-mark.ts';
import { noticeOf, type Remedy } from '../runner/result/notice.ts';
import { OutputView } from '../runner/result/output-view.ts';
import { ResultHead } from '../runner/result/result-head.ts';
import { rowsElement } from './embed-rows.ts';
import {
  AS_EXPECTED,
  TOO_LONG,
  notComparedSentence,
  verdictSentence,
  verdictWord,
} from '../sentences/verdict-sentences.ts';

/** Whether the output was as expected. The sentence is empty when nothing was expected. */
export interface Verdict {
  fits: boolean;
  sentence: string;
}

/** What a page says of a step's end. */
interface Meant {
  expected: Expectation | undefined;
  meant: Failure | undefined;
  /** The likely reason of a difference. */
  why: string;
  /** Whether the page says anything. */
  isJudged: boolean;
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
  /** The name of the session that the step under way runs in. */
  session: string | undefined;

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
    } else if (event.type === 'answer') {
      this.endOutput();
      this.node.append(answerMark(event.of, this.session));
    }
    this.node.hidden = false;
  }

  /** Draws the rest of the output at once. */
  endOutput(): void {
    this.#output?.draw();
    this.#output = undefined;
  }

  /**
   * Shows how a step ended, which is `done` in words, and whether that and what it printed is as expected. `meant` is
   * how it should have failed, if it ended in another way.
   */
  conclude(done: string, { expected, meant, why, isJudged }: Meant): Verdict {
    this.endOutput();
    const isTooLong = expected !== undefined && this.#characters > MAX_COMPARED_CHARACTERS;
    const comparison =
      expected && !isTooLong ? compareOutput(expected, printedText(this.#events), new Map()) : undefined;
    if (meant || comparison?.fits === false) {
      const told = { is: 'differs', differing: 0, ...comparison, meant, reasons: [] } as const;
      const head = `${done}, ${verdictWord(told)}`;
      const sentence = verdictSentence([{ title: '', isLast: true, verdict: told }]);
      const verdict = this.#verdict(head, 'differs', `${sentence} ${why}`.trim(), false);
      if (comparison?.fits === false) this.#showDifference(comparison, why);
      return verdict;
    }
    if (isTooLong)
      return this.#verdict(
        `${done}, ${verdictWord({ is: 'not-compared', why: TOO_LONG })}`,
        'ok',
        notComparedSentence(TOO_LONG),
        true,
      );
    if (!isJudged) return this.#verdict(done, 'ok', '', true);
    return this.#verdict(`${done}, ${verdictWord({ is: 'fits' })}`, 'ok', AS_EXPECTED, true);
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
