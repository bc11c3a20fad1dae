/** A line typed at a prompt, without the prompt. */
export interface TypedLine {
  prompt: 'shell' | 'sql';
  line: string;
}

/**
 * The prompts of the sandbox's shell and of the SQL shell, with those of the lines that go on; Python's and other
 * programs' are none of these.
 */
const PROMPTS: readonly [TypedLine['prompt'], RegExp][] = [
  ['shell', /^(?:\$|>) (.*)$/],
  ['sql', /^\w*@[\w.:-]+\/\S*(?: {1,2}[A-Z]+)?> (.*)$/],
  ['sql', /^ {4,}-> (.*)$/],
];
/** A line of a screen is not longer than a person types. */
const MOST_CHARACTERS = 4000;

/** Reads a line of a terminal's screen: what was typed in it, where it begins with a prompt that is known. */
export function readTypedLine(shown: string): TypedLine | undefined {
  for (const [prompt, pattern] of PROMPTS) {
    const line = pattern.exec(shown.slice(0, MOST_CHARACTERS))?.[1]?.trimEnd();
    if (line !== undefined) return line === '' ? undefined : { prompt, line };
  }
  return undefined;
}

/**
 * What was typed up to Enter; keys that the shell makes a line of by itself (history, completion) leave only the screen
 * to tell it.
 */
interface Ended {
  text: string;
  isWhole: boolean;
}

/** Enters that may wait for the sandbox to show their lines. */
const MOST_WAITING = 50;
const PASTE = /\x1b\[20[01]~/g;

/**
 * Notes the lines that a reader types at a prompt: when the cursor leaves one, what the screen shows of it, if that is
 * what was typed; or right after Enter, where history or completion made it. So neither a password, which is typed
 * unseen, is noted, nor what a program prints.
 */
export class TypedLines {
  readonly #note: (line: TypedLine) => void;
  #waiting: Ended[] = [];
  #typing: Ended = { text: '', isWhole: true };

  constructor(note: (line: TypedLine) => void) {
    this.#note = note;
  }

  /** What the reader's keys send to the program. */
  input(data: string): void {
    // Lines of a paste in brackets are ended by an Enter of their own.
    if (data.startsWith('\x1b[200~')) this.#typing.text += data.replace(PASTE, '').replaceAll('\r', '\n');
    else for (const key of data) this.#key(key);
    this.#typing.text = this.#typing.text.slice(0, MOST_CHARACTERS);
  }

  #key(key: string): void {
    if (key === '\r') {
      this.#waiting = [...this.#waiting, this.#typing].slice(-MOST_WAITING);
      this.#typing = { text: '', isWhole: true };
    } else if (key === '\x7f') this.#typing.text = this.#typing.text.slice(0, -1);
    else if (key < ' ') this.#typing.isWhole = false;
    else this.#typing.text += key;
  }

  /** The cursor goes on to another line; `shown` reads the one that it leaves (0), and those above it. */
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

/** The shell's prompt may stand behind output that ended no line. */
function afterOutput(shown: string, typed: string): TypedLine | undefined {
  return typed !== '' && shown.trimEnd().endsWith(`$ ${typed}`) ? { prompt: 'shell', line: typed } : undefined;
}
