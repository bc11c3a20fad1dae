import type { Mode, Step } from '../../server/protocol.ts';

/** How a block looks. */
export interface BlockMarks {
  running: boolean;
  done: boolean;
  stale: boolean;
  /** Of the button that runs it. */
  label: string;
  /** Why a press would do nothing; the button stays, and says so. */
  blocked: string | undefined;
}

/** A runnable block of the page: its figure, and what it does now, edits included. */
export class Block {
  readonly figure: HTMLElement;
  readonly id: string;
  readonly kind: Step['kind'];
  /** Undefined: in both modes. */
  readonly mode: Mode | undefined;
  /** What the author wrote. */
  readonly original: string;
  edited: string | undefined;

  constructor(figure: HTMLElement) {
    const { step = '', kind = 'shell', mode, text = '' } = figure.dataset;
    this.figure = figure;
    this.id = step;
    this.kind = kind as Step['kind'];
    this.mode = mode as Mode | undefined;
    this.original = text;
    for (const action of ['copy', 'edit', 'download']) this.name(action, action[0]!.toUpperCase() + action.slice(1));
  }

  get text(): string {
    return this.edited ?? this.original;
  }

  /** Everything that makes the step what it is. */
  get identity(): string {
    return this.#identityWith(this.text);
  }

  /** The same of the step as the author wrote it. */
  get authored(): string {
    return this.#identityWith(this.original);
  }

  #identityWith(text: string): string {
    const { path, user, database } = this.figure.dataset;
    return JSON.stringify([this.kind, text, path, user, database]);
  }

  /** The page says what it prints. */
  get expects(): boolean {
    return this.figure.dataset['expected'] !== undefined;
  }

  /** As the server wants it. */
  toStep(): Step {
    const { path = '', user = 'root', database, background } = this.figure.dataset;
    switch (this.kind) {
      case 'file':
        return { id: this.id, kind: 'file', path, text: this.text };
      case 'shell':
        return { id: this.id, kind: 'shell', command: this.text, ...(background === undefined ? {} : { background: true }) };
      case 'sql':
        return { id: this.id, kind: 'sql', statements: this.text, user, ...(database === undefined ? {} : { database }) };
    }
  }

  button(action: string): HTMLElement | null {
    return this.figure.querySelector(`.actions [data-action="${action}"]`);
  }

  /** Names a button for those who do not see which block it belongs to. */
  name(action: string, label: string): void {
    this.button(action)?.setAttribute('aria-label', `${label}: ${this.title}`);
  }

  get result(): HTMLElement {
    return this.figure.querySelector<HTMLElement>('[data-result]')!;
  }

  /** Shows how it stands. */
  mark({ running, done, stale, label, blocked }: BlockMarks): void {
    for (const [name, is] of Object.entries({ running, done, stale })) this.figure.classList.toggle(name, is);
    const run = this.button('run');
    if (!run) return;
    if (run.textContent !== label) run.textContent = label;
    run.classList.toggle('stop', label === 'Stop');
    run.classList.toggle('blocked', blocked !== undefined);
    this.name('run', label);
    run.title = blocked ?? '';
  }

  /** Its program lives on when its run ends. */
  get isBackground(): boolean {
    return this.figure.dataset['background'] !== undefined;
  }

  /** What a success of it is called. */
  get doneWord(): string {
    if (this.kind === 'file') return 'Written';
    return this.isBackground ? 'Started' : 'Done';
  }

  /** What a person would call it: its file, or the first line of its code. */
  get title(): string {
    const name = this.figure.dataset['path'] ?? this.text.trim().split('\n')[0] ?? '';
    return name.length > 60 ? `${name.slice(0, 59)}…` : name;
  }
}

/** The page's runnable blocks, in its order. */
export function readBlocks(): Block[] {
  return [...document.querySelectorAll<HTMLElement>('figure.block[data-step]')].map((figure) => new Block(figure));
}
