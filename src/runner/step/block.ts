import type { Mode, Step } from '../../../shared/protocol.ts';
import { earlierWords } from '../../sentences/earlier-words.ts';
import { button, element } from '../../ui/element.ts';
import {
  identityOf,
  isBackground,
  pathOf,
  textOf,
  withText,
  type Expectation,
  type Failure,
} from '../../../shared/step.ts';
import { stepOfFigure } from './figure-step.ts';

/** The state of a step, as it is shown. */
export type BlockState = 'idle' | 'waiting' | 'running' | 'done' | 'failed' | 'stale';

/** What a block shows about its step. */
export interface BlockMarks {
  state: BlockState;
  /** Whether it is the next step to run. */
  isNext: boolean;
  /** What its button does. */
  does: 'run' | 'stop';
  /** The step's number on the page, from 1. */
  number: number;
  /** The titles of the earlier steps that a press also runs. */
  earlier: string[];
  /** Why a press does nothing at the moment. The button stays, with this as its tooltip. */
  blocked: string | undefined;
}

const STATE_WORDS: Record<BlockState, string> = {
  idle: '',
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  stale: 'out of date',
};
/** The result below says the state in words, so a sign is enough here. */
const STATE_SIGNS: Partial<Record<BlockState, string>> = { done: '✓', failed: '✗', running: '…', waiting: '·' };
const STATES = Object.keys(STATE_WORDS) as BlockState[];

/** A runnable block of the page: its figure, the step in it, and the reader's edit. */
export class Block {
  readonly figure: HTMLElement;
  /** Null when both modes show it. */
  readonly mode: Mode | null;
  /** The expected output, if the page has one. */
  readonly expected: Expectation | undefined;
  /** How the step must fail, if the page says that it must. */
  readonly fails: Failure | undefined;
  /** The reader's text, which is run in place of the author's. */
  edited: string | undefined;
  /** The step's number on the page in the current mode. */
  number = 0;
  readonly #authored: Step;
  readonly #badge = element('span', { class: 'badge' });

  constructor(figure: HTMLElement) {
    const { step, mode, expected, fails } = stepOfFigure(figure);
    this.figure = figure;
    this.mode = mode;
    this.expected = expected;
    this.fails = fails;
    this.#authored = step;
    figure.querySelector('figcaption')?.append(this.#badge);
    for (const action of ['copy', 'edit', 'download']) this.name(action, action[0]!.toUpperCase() + action.slice(1));
    this.name('scope', 'What else to run');
  }

  get id(): string {
    return this.#authored.id;
  }

  get kind(): Step['kind'] {
    return this.#authored.kind;
  }

  /** The step that Run sends, with the reader's edit. */
  get step(): Step {
    return this.edited === undefined ? this.#authored : withText(this.#authored, this.edited);
  }

  /** The text that is run, with the reader's edit. */
  get text(): string {
    return textOf(this.step);
  }

  /** The text that the author wrote. */
  get original(): string {
    return textOf(this.#authored);
  }

  /** The identity of the step as the author wrote it. */
  get authored(): string {
    return identityOf(this.#authored);
  }

  button(action: string): HTMLElement | null {
    return this.figure.querySelector(`.actions [data-action="${action}"]`);
  }

  /** Sets a button's label for screen readers, which includes the block's title. */
  name(action: string, label: string): void {
    this.button(action)?.setAttribute('aria-label', `${label}: ${this.title}`);
  }

  get result(): HTMLElement {
    return this.figure.querySelector<HTMLElement>('[data-result]')!;
  }

  /**
   * Shows an error below the code, before the code that shows results has loaded. `again` is called when the reader
   * tries again.
   */
  showProblem(sentence: string, again: () => void): void {
    const press = (): void => {
      this.button('run')?.focus({ preventScroll: true });
      again();
    };
    this.result.replaceChildren(
      element(
        'div',
        { class: 'shown' },
        element('p', { class: 'notice failed' }, sentence, ' ', button('Try again', press)),
      ),
    );
    this.result.hidden = false;
  }

  /** Shows the state of the step. */
  mark({ state, isNext, does, number, earlier, blocked }: BlockMarks): void {
    this.number = number;
    for (const name of STATES) this.figure.classList.toggle(name, name === state);
    this.figure.classList.toggle('next', isNext);
    const word = state === 'done' ? this.doneWord.toLowerCase() : STATE_WORDS[state];
    if (this.#badge.dataset['word'] !== word) {
      this.#badge.dataset['word'] = word;
      const sign = STATE_SIGNS[state];
      const said =
        sign === undefined
          ? [word]
          : [element('span', { 'aria-hidden': 'true' }, sign), element('span', { class: 'visually-hidden' }, word)];
      this.#badge.replaceChildren(...said);
    }
    const run = this.button('run');
    if (!run) return;
    const [label, more] = does === 'stop' ? ['Stop', ''] : ['Run', earlierWords(earlier.length)];
    if (run.textContent !== label + more)
      run.replaceChildren(
        label,
        ...(more === '' ? [] : [element('span', { class: 'earlier', 'data-count': String(earlier.length) }, more)]),
      );
    run.classList.toggle('stop', does === 'stop');
    run.classList.toggle('blocked', blocked !== undefined);
    this.name('run', label + more);
    const named = earlier.length > 0 ? `First: ${earlier.join('; ')}` : '';
    run.title = blocked ?? named;
    if (named === '') run.removeAttribute('aria-description');
    else run.setAttribute('aria-description', named);
    this.button('scope')?.toggleAttribute('hidden', does === 'stop');
  }

  /** Whether its program keeps running when the run ends. */
  get isBackground(): boolean {
    return isBackground(this.#authored);
  }

  /** The word for success. */
  get doneWord(): string {
    if (this.kind === 'file') return 'Written';
    return this.isBackground ? 'Started' : 'Done';
  }

  /** The name of the block in sentences: its file, or the first line of its code. */
  get title(): string {
    const name = pathOf(this.#authored) ?? (this.text.trim().split('\n')[0] ?? '').replace(/;$/, '');
    return name.length > 60 ? `${name.slice(0, 59)}…` : name;
  }
}

/** Whether the page says how a step must end or what it must print, so that its run is compared with that. */
export function isJudged({ expected, fails }: Pick<Block, 'expected' | 'fails'>): boolean {
  return expected !== undefined || fails !== undefined;
}

/** Returns the page's runnable blocks, in page order. */
export function readBlocks(): Block[] {
  return [...document.querySelectorAll<HTMLElement>('figure.block[data-step]')].map((figure) => new Block(figure));
}
