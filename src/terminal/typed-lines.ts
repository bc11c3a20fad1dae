/** A line that was typed at a prompt, without the prompt. */
export interface TypedLine {
  prompt: 'shell' | 'sql';
  line: string;
}

/**
 * The prompts of the sandbox's shell and of the SQL shell, also of continuation lines. Python's and other programs'
 * prompts do not match.
 */
const PROMPTS: readonly [TypedLine['prompt'], RegExp][] = [
  ['shell', /^(?:\$|>) (.*)$/],
  ['sql', /^\w*@[\w.:-]+\/\S*(?: {1,2}[A-Z]+)?> (.*)$/],
  ['sql', /^ {4,}-> (.*)$/],
];
/** The most characters of a line that are read: people do not type longer ones. */
const MAX_CHARACTERS = 4000;

/** Returns what was typed on a line of the screen, if the line begins with a known prompt. */
export function readTypedLine(shown: string): TypedLine | undefined {
  for (const [prompt, pattern] of PROMPTS) {
    const line = pattern.exec(shown.slice(0, MAX_CHARACTERS))?.[1]?.trimEnd();
    if (line !== undefined) return line === '' ? undefined : { prompt, line };
  }
  return undefined;
}

/**
 * What was typed up to Enter. `isWhole` is false when keys such as history or completion made the shell change the
 * line, so that only the screen has it.
 */
interface Ended {
  text: string;
  isWhole: boolean;
}

/** The most lines that can wait for the sandbox to echo them. */
const MAX_WAITING = 50;
const PASTE = /\x1b\[20[01]~/g;

/**
 * Notes the lines that a reader types at a prompt. When the cursor leaves a line, its text on the screen is noted if it
 * is what was typed, or if history or completion produced it right before Enter. So neither passwords, which are not
 * echoed, nor a program's output are noted.
 */
export class TypedLines {
  readonly #note: (line: TypedLine) => void;
  #waiting: Ended[] = [];
  #typing: Ended = { text: '', isWhole: true };

  constructor(note: (line: TypedLine) => void) {
    this.#note = note;
  }

  /** The reader's input to the program. */
  input(data: string): void {
    // A bracketed paste is ended by an Enter of its own.
    if (data.startsWith('\x1b[200~')) this.#typing.text += data.replace(PASTE, '').replaceAll('\r', '\n');
    else for (const key of data) this.#key(key);
    this.#typing.text = this.#typing.text.slice(0, MAX_CHARACTERS);
  }

  #key(key: string): void {
    if (key === '\r') {
      this.#waiting = [...this.#waiting, this.#typing].slice(-MAX_WAITING);
      this.#typing = { text: '', isWhole: true };
    } else if (key === '\x7f') this.#typing.text = this.#typing.text.slice(0, -1);
    else if (key < ' ') this.#typing.isWhole = false;
    else this.#typing.text += key;
  }

  /**
   * The cursor moves to the next line. `shown(0)` returns the line that it leaves, `shown(1)` the one above, and so on.
   */
  lineFeed(shown: (above: number) => string | undefined): void {
    for (const [index, { text, isWhole }] of this.#waiting.entries()) {
      const typed = text.split('\n').map((line) => line.trimEnd());
      const screen = typed.map((_, line) => shown(typed.length - 1 - line) ?? '');
      const first = readTypedLine(screen[0]!) ?? (isWhole ? afterOutput(screen[0]!, typed[0]!) : undefined);
      const lines = first && [first.line, ...screen.slice(1).map((line) => line.trimEnd())];
      const isSame = lines?.every((line, at) => line === typed[at]?.trim() || line === typed[at]) ?? false;
      if (!first || !lines || (isWhole ? !isSame : index > 0)) continue;
      this.#waiting.splice(0, index + 1);
      for (const line of lines) this.#note({ prompt: first.prompt, line });
      return;
    }
    if (this.#waiting[0]?.isWhole === false) this.#waiting.shift();
  }
}

/** The shell's prompt can follow output that did not end with a line break. */
function afterOutput(shown: string, typed: string): TypedLine | undefined {
  return typed !== '' && shown.trimEnd().endsWith(`$ ${typed}`) ? { prompt: 'shell', line: typed } : undefined;
}
