import type { Drawer, DrawerPage, Wish } from '../terminal/drawer.ts';
import { element } from '../ui/element.ts';
import { readStored } from '../ui/storage.ts';

/** Opens the drawer with the terminals, which comes when it is first wanted; its frame is there at once. */
export class TerminalOpener {
  readonly #page: DrawerPage & { fail: () => void };
  readonly #frame = element('section', { class: 'drawer', 'aria-label': 'Terminal' }, 'Starting…');
  #drawer: Drawer | undefined;
  #opener: HTMLElement | null | undefined;
  #typed = '';

  constructor(page: DrawerPage & { fail: () => void }) {
    this.#page = page;
    addEventListener('keydown', (event) => this.#type(event), true);
  }

  /** What was open before a reload is open again. */
  resume(): void {
    if (readStored(() => sessionStorage, 'bankrun:drawer')) this.open();
  }

  /** `opener` is what was pressed. */
  open(opener?: HTMLElement | null, wish?: Wish): void {
    this.#opener = opener;
    if (!this.#drawer) document.body.append(this.#frame);
    import('../terminal/drawer.ts').then(
      ({ Drawer }) => {
        this.#drawer ??= new Drawer(this.#frame, this.#page);
        this.#drawer.open(opener, wish, this.#typed);
        this.#typed = '';
      },
      () => {
        this.#frame.remove();
        this.#page.fail();
      },
    );
  }

  /** The focus stays where the reader pressed, and what they type from there on goes into the terminal. */
  #type(event: KeyboardEvent): void {
    const { key, target } = event;
    if (target !== this.#opener || this.#drawer?.isOpen === false || event.ctrlKey || event.metaKey || event.altKey)
      return;
    // Enter and the space bar press the button, and a slash searches, until something was typed.
    const text = this.#typed && key === 'Enter' ? '\r' : key[1] || (!this.#typed && ' /'.includes(key)) ? '' : key;
    if (!text) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.#drawer) this.#drawer.type(text);
    else this.#typed += text;
  }
}

/** Whether a command line is that of a SQL shell for people: it runs no statements of its own, and reads no file. */
export const opensShell = (command: string): boolean =>
  /^cockroach sql(?!.*( -[ef]|--execute|--file|[<>|;&\n]))/s.test(command);
