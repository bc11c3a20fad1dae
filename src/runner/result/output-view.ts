import { element } from '../../ui/element.ts';
import { copyButton } from '../../ui/copy-button.ts';
import { foldLines } from './output-fold.ts';
import { MAX_LINE_CHARACTERS, MAX_LINES, PrintedLines, type Piece } from './printed-lines.ts';
import { cutSentence, droppedSentence } from '../../sentences/output-sentences.ts';

type DrawText = (text: string) => (Node | string)[];

/** Draws what a program prints, once per frame, as text and never as HTML. */
export class OutputView {
  readonly node = element('div', { class: 'printed' });
  readonly #text = element('pre', { class: 'out', tabindex: '0', role: 'group', 'aria-label': 'Output' });
  readonly #note = element('p', { class: 'told' });
  readonly #lines = new PrintedLines();
  #frame = 0;

  readonly #draw: DrawText;

  /** `draw` returns a piece of a line as it is shown; default: as it is. */
  constructor(draw: DrawText = (text) => [text]) {
    this.#draw = draw;
    this.node.append(this.#text);
  }

  write(stream: 'stdout' | 'stderr', text: string): void {
    this.#lines.write(stream, text);
    this.#frame ||= requestAnimationFrame(() => this.draw());
  }

  /** The kept part of the output, as text. */
  get printed(): string {
    return this.#lines.lines.map((pieces) => pieces.map(({ text }) => text).join('')).join('\n');
  }

  /** Ends the output: draws the rest, folds it when it is long, and adds a copy button. */
  end(): void {
    this.draw();
    foldLines(this.#text);
    this.#note.append(
      this.#note.textContent === '' ? '' : ' ',
      copyButton(() => this.printed, 'Copy output'),
    );
    this.node.append(this.#note);
  }

  /** Draws what has arrived since the last call. */
  draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { lines, firstDirty, dropped, cutLines } = this.#lines;
    const follows = this.#text.scrollTop + this.#text.clientHeight >= this.#text.scrollHeight - 4;
    if (dropped > 0) this.#text.replaceChildren();
    while (this.#text.childElementCount > firstDirty) this.#text.lastElementChild?.remove();
    const ended = lines.at(-1)?.length === 0 ? lines.slice(0, -1) : lines;
    this.#text.append(...ended.slice(this.#text.childElementCount).map((pieces) => this.#lineElement(pieces)));
    this.#lines.clean();
    const notes = [
      ...(dropped > 0 ? [droppedSentence(MAX_LINES, dropped)] : []),
      ...(cutLines > 0 ? [cutSentence(MAX_LINE_CHARACTERS)] : []),
    ];
    this.#note.textContent = notes.join(' ');
    if (notes.length > 0) this.node.append(this.#note);
    else this.#note.remove();
    if (follows) this.#text.scrollTop = this.#text.scrollHeight;
  }

  #lineElement(pieces: Piece[]): HTMLElement {
    const line = element('span', { class: 'line' });
    for (const { text, className } of pieces) {
      const shown = this.#draw(text);
      line.append(...(className === '' ? shown : [element('span', { class: className }, ...shown)]));
    }
    line.append('\n');
    return line;
  }
}
