import { FitAddon } from '@xterm/addon-fit';
import { SerializeAddon } from '@xterm/addon-serialize';
import { Terminal } from '@xterm/xterm';
import { isAnswer } from './device-answers.ts';
import { coloursOf } from './colours.ts';
import { copiedText } from './copied-text.ts';
import { MAX_CHARACTERS, type KeptScreen } from './kept-screen.ts';
import { withOwnRules } from '../ui/style-rules.ts';
import { styleByScript } from './row-styles.ts';
import { scrollByTouch } from './touch-scroll.ts';

/** The events of a screen. */
export interface ScreenListener {
  typed: (text: string) => void;
  /** The terminal's automatic answer to its program, which may ask without end. */
  answered: (text: string) => void;
  /** Bytes that are not text: mouse reports. */
  sent: (bytes: Uint8Array) => void;
  pasted: (text: string) => void;
  /**
   * The cursor moves to the next line. `shown(0)` returns the line that it leaves, `shown(1)` the one above, and so on.
   */
  lineFed: (shown: (above: number) => string | undefined) => void;
  /** The screen was drawn. */
  painted: () => void;
  /** Returns whether a key was for something of the page that covers the screen. */
  takes: (event: KeyboardEvent) => boolean;
  resized: (columns: number, rows: number) => void;
}

/** The number of lines of scrollback. */
const SCROLLBACK_LINES = 2000;
/** The contrast of text on any background that a program chooses (WCAG AA). */
const CONTRAST = 4.5;
/** OSC sequences that are ignored: the title, the icon name, links, the page's colours and the clipboard. */
const IGNORED_OSC = [0, 1, 2, 4, 8, 10, 11, 12, 52, 104, 110, 111, 112];
const IS_MAC = /Mac|iP(?:hone|ad)/.test(navigator.platform);

/** A terminal's screen in an element of the page. */
export class TerminalScreen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #serialize = new SerializeAddon();
  readonly #element: HTMLElement;
  readonly #removeRules: () => void;
  #isMute = false;

  /** Fills `element`. With `shown`, the screen has that content and size until it is fitted. */
  constructor(element: HTMLElement, listener: ScreenListener, isRead: boolean, shown?: KeptScreen) {
    this.#element = element;
    const { fontFamily, fontSize } = getComputedStyle(element);
    this.#terminal = new Terminal({
      ...(shown && { cols: shown.columns, rows: shown.rows }),
      fontFamily,
      fontSize: Number.parseFloat(fontSize),
      lineHeight: 1.2,
      theme: coloursOf(element),
      minimumContrastRatio: CONTRAST,
      scrollback: SCROLLBACK_LINES,
      screenReaderMode: isRead,
      macOptionIsMeta: true,
      drawBoldTextInBrightColors: false,
      logLevel: 'off',
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.#serialize);
    for (const code of IGNORED_OSC) this.#terminal.parser.registerOscHandler(code, () => true);
    if (shown) this.#terminal.write(shown.screen);
    this.#removeRules = withOwnRules(() => this.#terminal.open(element)).remove;
    styleByScript(this.#terminal);
    this.#terminal.onData((text) => this.#isMute || (isAnswer(text) ? listener.answered(text) : listener.typed(text)));
    this.#terminal.onBinary((text) => listener.sent(Uint8Array.from(text, (character) => character.charCodeAt(0))));
    this.#terminal.onResize(({ cols, rows: lines }) => listener.resized(cols, lines));
    this.#terminal.onRender(() => listener.painted());
    this.#terminal.onLineFeed(() => listener.lineFed((above) => this.linesTo(above + 2).at(-2 - above)));
    this.#terminal.attachCustomKeyEventHandler((event) => {
      if (!listener.takes(event)) return this.#isPrograms(event);
      event.preventDefault();
      event.stopPropagation();
      return false;
    });
    scrollByTouch(
      element,
      () => this.cursor.height,
      (lines) => this.#terminal.scrollLines(lines),
    );
    element.addEventListener('copy', (event) => this.#copy(event), { capture: true });
    element.addEventListener('paste', (event) => this.#paste(event, listener), { capture: true });
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** The text before the cursor on its line. */
  get line(): string {
    const { active } = this.#terminal.buffer;
    return active.getLine(active.baseY + active.cursorY)?.translateToString(false, 0, active.cursorX) ?? '';
  }

  /** Returns the last lines up to the cursor, at most `most`. A wrapped line counts as one. */
  linesTo(most: number): string[] {
    const { active } = this.#terminal.buffer;
    const last = active.baseY + active.cursorY;
    const lines: string[] = [];
    let rest = this.line;
    for (let at = last; at >= 0 && lines.length < most; at -= 1) {
      const line = active.getLine(at);
      const text = at === last ? rest : (line?.translateToString(false) ?? '') + rest;
      rest = line?.isWrapped ? text : '';
      if (!line?.isWrapped) lines.unshift(at === last ? text : text.trimEnd());
    }
    return lines;
  }

  /** The cursor's position in the pane, in pixels. */
  get cursor(): { left: number; top: number; height: number } {
    const { cursorX, cursorY } = this.#terminal.buffer.active;
    const rows = this.#element.querySelector<HTMLElement>('.xterm-screen');
    const [width, height] = [(rows?.clientWidth ?? 0) / this.columns, (rows?.clientHeight ?? 0) / this.rows];
    return {
      left: this.#element.offsetLeft + cursorX * width,
      top: this.#element.offsetTop + cursorY * height,
      height,
    };
  }

  /** Whether the screen is empty and nothing has scrolled off. */
  get isBlank(): boolean {
    const { active } = this.#terminal.buffer;
    return active.baseY + active.cursorY === 0 && active.getLine(0)?.translateToString(true) === '';
  }

  /** Whether a program uses the whole screen, as editors do. */
  get isTaken(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  /** Writes output and calls `drawn` when it is on the screen. If `isOld`, questions in it get no answers. */
  write(bytes: Uint8Array, drawn: () => void, isOld: boolean): void {
    if (isOld) this.#terminal.write('', () => (this.#isMute = true));
    this.#terminal.write(bytes, () => {
      this.#isMute = false;
      drawn();
    });
  }

  /** Clears the screen, after everything written so far. */
  clear(): void {
    this.#terminal.write('\x1bc');
  }

  /** Pastes a text, with bracketed paste if the program asked for it. */
  paste(text: string): void {
    this.#terminal.paste(text);
  }

  /** Pastes a text and presses Enter. */
  enter(text: string): void {
    this.#terminal.paste(text);
    this.#terminal.input('\r');
  }

  /** Types a text. */
  type(text: string): void {
    this.#terminal.input(text);
  }

  /** Presses a key of the phones' key row. Arrows are sent in the mode that the program asked for. */
  press(key: string): void {
    const isApplication = this.#terminal.modes.applicationCursorKeysMode;
    this.#terminal.input(/^[ABCD]$/.test(key) ? `\x1b${isApplication ? 'O' : '['}${key}` : key);
  }

  focus(): void {
    this.#terminal.focus();
  }

  get hasFocus(): boolean {
    return this.#element.contains(document.activeElement);
  }

  /** Fits the screen to its element, if that is visible. */
  fit(): void {
    if (this.#element.clientHeight > 0) this.#fit.fit();
  }

  recolour(): void {
    this.#terminal.options.theme = coloursOf(this.#element);
  }

  /** Whether screen readers can read the screen and new output. */
  set isRead(isRead: boolean) {
    this.#terminal.options.screenReaderMode = isRead;
  }

  /** Returns what restores the screen after a reload. */
  keep(): Pick<KeptScreen, 'columns' | 'rows' | 'screen'> {
    const whole = this.#serialize.serialize();
    return {
      columns: this.columns,
      rows: this.rows,
      screen: whole.length <= MAX_CHARACTERS ? whole : this.#serialize.serialize({ scrollback: 0 }),
    };
  }

  remove(): void {
    this.#terminal.dispose();
    this.#removeRules();
  }

  /**
   * Returns whether a key is for the program. Copy and paste are the browser's, including Ctrl-C when there is a
   * selection.
   */
  #isPrograms({ type, key, ctrlKey, shiftKey, altKey, metaKey }: KeyboardEvent): boolean {
    if (type !== 'keydown' || IS_MAC || altKey || metaKey) return true;
    if (!ctrlKey) return !(shiftKey && key === 'Insert');
    if (key === 'v' || key === 'V') return false;
    if (key === 'C') document.execCommand('copy');
    return !(key === 'C' || (key === 'c' && this.#terminal.hasSelection()));
  }

  #copy(event: ClipboardEvent): void {
    const from = this.#terminal.getSelectionPosition()?.start.x;
    if (from === undefined) return;
    event.clipboardData?.setData('text/plain', copiedText(this.#terminal.getSelection(), from === 0));
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#terminal.clearSelection();
  }

  #paste(event: ClipboardEvent, { pasted }: ScreenListener): void {
    event.preventDefault();
    event.stopImmediatePropagation();
    pasted(event.clipboardData?.getData('text/plain') ?? '');
  }
}
