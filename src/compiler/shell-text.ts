/** What is known of a shell text without running it. */
export interface ShellText {
  /** Its simple commands as words, without quotes. Redirections are words of their own: `>`, `<`. */
  commands: string[][];
  /** Whether it needs another line: a quote, a here-document, a loop or a pipe is open. */
  isOpen: boolean;
}

const OPENERS = ['do', 'if', 'case', '{'];
const CLOSERS = ['done', 'fi', 'esac', '}'];
/** Words after which a command begins. */
const BEFORE_COMMANDS = ['do', 'then', 'else', 'elif', 'if', 'while', 'until', '{', '!', 'time'];

/** Matches what is more than a character of a word, at the beginning of a text. */
const TOKEN = new RegExp(
  [
    String.raw`\\[^]?`,
    String.raw`'[^']*'?`,
    String.raw`"(?:\\[^]|[^"\\])*"?`,
    String.raw`\$?\(\([^]*?\)\)`,
    String.raw`\n|[ \t]+`,
    String.raw`<<<|<<-?|[<>]+[&|]?|&>>?`,
    String.raw`\|\||&&|[;&|()` + '`]',
  ]
    .map((one) => `^(?:${one})`)
    .join('|'),
);

/** Reads a shell text. Substitutions count as commands of their own; what variables stand for is not known. */
export function readShellText(text: string): ShellText {
  return new Reader(text).read();
}

class Reader {
  readonly #text: string;
  #at = 0;
  #commands: string[][] = [[]];
  #word: string | undefined;
  #wantsMarker: { stripsTabs: boolean } | undefined;
  readonly #heredocs: { marker: string; stripsTabs: boolean }[] = [];
  #depth = 0;
  #parentheses = 0;
  #isOpen = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ShellText {
    while (this.#at < this.#text.length) this.#step();
    this.#endWord();
    const isOpen = this.#isOpen || this.#depth > 0 || this.#parentheses > 0 || this.#heredocs.length > 0;
    return { commands: this.#commands.filter((words) => words.length > 0), isOpen };
  }

  #step(): void {
    const rest = this.#text.slice(this.#at);
    const [found = ''] = TOKEN.exec(rest) ?? [];
    this.#at += found.length || 1;
    if (found === '') this.#character(rest);
    else if (/^['"\\]/.test(found)) this.#quoted(found);
    else if (/^\$?\(\(/.test(found)) this.#add(found);
    else if (/^[<>&]+[<>]|^[<>]/.test(found)) this.#redirection(found);
    else {
      this.#endWord();
      if (found.trim() !== '' || found === '\n') this.#separator(found);
    }
  }

  #character(rest: string): void {
    if (rest[0] !== '#' || this.#word !== undefined) this.#add(rest[0]!);
    else this.#at += /^[^\n]*/.exec(rest.slice(1))![0].length;
  }

  #quoted(found: string): void {
    const [quote] = found;
    if (quote === '\\') {
      if (found.length < 2) this.#isOpen = true;
      else if (found === '\\\n') this.#isOpen = this.#at >= this.#text.length;
      else this.#add(found[1]!);
      return;
    }
    const isClosed = quote === "'" ? /^'[^']*'$/.test(found) : /^"(?:\\[^]|[^"\\])*"$/.test(found);
    if (!isClosed) this.#isOpen = true;
    this.#add(found.slice(1, isClosed ? -1 : undefined));
  }

  #redirection(found: string): void {
    // The digits of `2>` belong to the redirection.
    if (/^\d+$/.test(this.#word ?? '')) this.#word = undefined;
    this.#endWord();
    if (/^<<-?$/.test(found)) this.#wantsMarker = { stripsTabs: found.endsWith('-') };
    else this.#commands.at(-1)!.push(found.includes('>') ? '>' : '<');
  }

  #separator(found: string): void {
    if (found === '(') this.#parentheses += 1;
    // The patterns of `case` are closed without having been opened.
    if (found === ')') this.#parentheses = Math.max(0, this.#parentheses - 1);
    if (found === '\n') this.#skipHeredocs();
    const continues = /^(?:\|\||&&|\|)$/.test(found);
    if (continues && this.#text.slice(this.#at).trim() === '') this.#isOpen = true;
    this.#commands.push([]);
  }

  #skipHeredocs(): void {
    for (let next = this.#heredocs[0]; next; next = this.#heredocs[0]) {
      const { marker, stripsTabs } = next;
      const lines = this.#text.slice(this.#at).split('\n');
      const end = lines.findIndex((line) => (stripsTabs ? line.replace(/^\t+/, '') : line) === marker);
      if (end < 0) {
        this.#at = this.#text.length;
        return;
      }
      this.#at += lines.slice(0, end + 1).join('\n').length;
      this.#heredocs.shift();
    }
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #endWord(): void {
    const word = this.#word;
    this.#word = undefined;
    if (word === undefined) return;
    if (this.#wantsMarker) {
      this.#heredocs.push({ marker: word, ...this.#wantsMarker });
      this.#wantsMarker = undefined;
      return;
    }
    const words = this.#commands.at(-1)!;
    if (words.length === 0 && OPENERS.includes(word)) this.#depth += 1;
    if (words.length === 0 && CLOSERS.includes(word)) this.#depth -= 1;
    if (words.length > 0 || !BEFORE_COMMANDS.includes(word)) words.push(word);
  }
}
