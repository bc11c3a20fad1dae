import { CAPTURES, partsOf } from '../../shared/expectation/captures.ts';
import { textOf } from '../../shared/step.ts';
import type { EngineInfo, Step } from '../../shared/protocol.ts';
import { copyButton } from '../ui/copy-button.ts';
import { button, element } from '../ui/element.ts';
import { nameOf, type Program } from './embed-program.ts';
import { EmbedResult } from './embed-result.ts';
import { earlierSummary, mistakeSentence } from '../sentences/embed-sentences.ts';

let blocks = 0;

/** A block with its buttons, its code and its result. */
export class BlockView {
  readonly node: HTMLElement;
  readonly result = new EmbedResult();
  readonly #run: HTMLButtonElement;
  readonly #engine = element('span', {}, ', in a cluster of your own.');
  readonly #status = element('p', { role: 'status', class: 'unseen' });
  readonly #origin: string;

  /** `press` is called for each press of Run, which is Stop while the block runs. */
  constructor(program: Program, origin: string, press: () => void) {
    const { caption, steps, expected } = program;
    this.#origin = origin;
    this.#run = button('Run', press, { class: 'run' });
    const id = `caption-${(blocks += 1)}`;
    const shown = steps.at(-1)!;
    this.node = element(
      'figure',
      { 'aria-labelledby': id },
      element('figcaption', { id }, caption),
      element('div', { class: 'actions' }, this.#copyButton(textOf(shown), 'Copy'), this.#run),
      ...this.#earlier(steps.slice(0, -1)),
      codeElement(textOf(shown), 'Code'),
      ...inputOf(shown),
      ...(expected
        ? [
            fold('Expected output', [
              element(
                'pre',
                { class: 'code', tabindex: '0', role: 'group', 'aria-label': 'Expected output' },
                ...partsOf(expected.text).map((part) =>
                  typeof part === 'string' ? part : element('var', {}, CAPTURES[part.kind]!.word),
                ),
              ),
            ]),
          ]
        : []),
      this.result.node,
      element('p', { class: 'foot' }, 'Runs on ', element('a', { href: origin }, new URL(origin).host), this.#engine),
      this.#status,
    );
  }

  set isRunning(isRunning: boolean) {
    this.#run.textContent = isRunning ? 'Stop' : 'Run';
    this.#run.classList.toggle('stop', isRunning);
    this.node.classList.toggle('running', isRunning);
  }

  /** Moves the focus to Run, because the pressed button disappeared with its notice. */
  focusRun(): void {
    this.#run.focus({ preventScroll: true });
  }

  /** Announces a text to screen readers, also when it is the same as the last one. */
  announce(text: string): void {
    this.#status.textContent = '';
    requestAnimationFrame(() => (this.#status.textContent = text));
  }

  /** Says on which engine the block runs or would run. */
  showEngine({ name, version, standIn }: EngineInfo): void {
    if (!standIn) return this.#engine.replaceChildren(`, in a cluster of your own: ${name} ${version}.`);
    const what = element('a', { href: `${this.#origin}/the-stand-in.html` }, 'a stand-in for CockroachDB');
    this.#engine.replaceChildren(', in a cluster of your own: ', what, '.');
  }

  /** Says why nothing can be run now. */
  showOff(sentence: string): void {
    this.#engine.textContent = `. ${sentence}`;
  }

  #earlier(steps: Step[]): HTMLElement[] {
    if (steps.length === 0) return [];
    const parts = steps.flatMap((step) => [
      element(
        'div',
        { class: 'part' },
        element('span', {}, nameOf(step)),
        this.#copyButton(textOf(step), `Copy ${nameOf(step)}`, 'Copy'),
      ),
      codeElement(textOf(step), nameOf(step)),
      ...inputOf(step),
    ]);
    return [fold(earlierSummary(steps.map(nameOf)), parts)];
  }

  #copyButton(text: string, name: string, label = name): HTMLButtonElement {
    const named: Record<string, string> = label === name ? {} : { 'aria-label': name };
    return copyButton(
      () => text,
      label,
      named,
      (sentence) => this.announce(sentence),
    );
  }
}

/** Returns what is shown in place of a block whose author made a mistake. */
export function mistakeElement(sentence: string): HTMLElement {
  return element(
    'figure',
    {},
    element('p', { class: 'notice failed mistake', role: 'alert' }, mistakeSentence(sentence)),
  );
}

/** Returns what a step's program reads, as it is shown below its code. */
function inputOf(step: Step): HTMLElement[] {
  if (step.kind !== 'shell' || step.input === undefined) return [];
  const name = element('div', { class: 'part' }, element('span', {}, 'Input'));
  return [name, codeElement(step.input.replace(/\n$/, ''), 'Input')];
}

function codeElement(code: string, name: string): HTMLElement {
  return element('pre', { class: 'code', tabindex: '0', role: 'group', 'aria-label': name }, code);
}

function fold(summary: string, children: HTMLElement[]): HTMLElement {
  return element('details', {}, element('summary', {}, summary), ...children);
}
