import type { Drawer, DrawerPage, DrawerRequest } from '../terminal/drawer.ts';
import { element } from '../ui/element.ts';
import { readStored } from '../ui/storage.ts';

/** Opens the drawer with the terminals. The drawer is loaded when it is first opened; its frame is shown at once. */
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

  /** Opens the drawer again if it was open before a reload. */
  resume(): void {
    if (readStored(() => sessionStorage, 'bankrun:drawer')) this.open();
  }

  /** Opens the drawer. `opener` is the element that was pressed. */
  open(opener?: HTMLElement | null, wish?: DrawerRequest): void {
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

  /** The focus stays on the pressed element, and what the reader types there goes into the terminal. */
  #type(event: KeyboardEvent): void {
    const { key, target } = event;
    if (target !== this.#opener || this.#drawer?.isOpen === false || event.ctrlKey || event.metaKey || event.altKey)
      return;
    // Until something has been typed, Enter and Space press the button and a slash opens the search.
    const text = this.#typed && key === 'Enter' ? '\r' : key[1] || (!this.#typed && ' /'.includes(key)) ? '' : key;
    if (!text) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.#drawer) this.#drawer.type(text);
    else this.#typed += text;
  }
}

/** Returns whether a command line opens an interactive SQL shell: it has no statements and reads no file. */
export const opensShell = (command: string): boolean =>
  /^cockroach sql(?!.*( -[ef]|--execute|--file|[<>|;&\n]))/s.test(command);
