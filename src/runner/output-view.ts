import { element } from './element.ts';
import { MAX_LINES, Screen } from './screen.ts';

/** Draws what a program prints, a frame's worth at a time, as text. */
export class OutputView {
  readonly node = element('pre', { class: 'out', tabindex: '0', 'aria-label': 'Output' });
  readonly #screen = new Screen();
  readonly #note = element('p', { class: 'notice' });
  #frame = 0;

  /** True when nothing has been printed. */
  get isEmpty(): boolean {
    return this.#screen.isEmpty;
  }

  write(stream: 'stdout' | 'stderr', text: string): void {
    this.#screen.write(stream, text);
    this.#frame ||= requestAnimationFrame(() => this.draw());
  }

  /** Draws what has come since the last time. */
  draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { lines, firstDirty, dropped } = this.#screen;
    const follows = this.node.scrollTop + this.node.clientHeight >= this.node.scrollHeight - 4;
    const gone = this.node.childElementCount + firstDirty - lines.length;
    const kept = Math.max(0, Math.min(firstDirty, this.node.childElementCount));
    if (dropped > 0 || gone > 0) this.node.replaceChildren();
    else while (this.node.childElementCount > kept) this.node.lastElementChild?.remove();
    const fresh = document.createDocumentFragment();
    for (const line of lines.slice(this.node.childElementCount)) {
      const row = element('span', { class: 'line' });
      for (const { text, className } of line) row.append(className === '' ? text : element('span', { class: className }, text));
      row.append('\n');
      fresh.append(row);
    }
    this.node.append(fresh);
    this.#screen.clean();
    if (dropped > 0) {
      this.#note.textContent = `Only the last ${MAX_LINES} lines are shown; ${dropped} before them are left out.`;
      if (!this.#note.isConnected) this.node.before(this.#note);
    }
    if (follows) this.node.scrollTop = this.node.scrollHeight;
  }
}
