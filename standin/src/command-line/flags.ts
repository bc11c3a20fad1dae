/** One flag of a command, as its help lists it. */
export interface Flag {
  name: string;
  short?: string;
  /** A `truth` is a boolean and needs no value; a `list` may be given several times. */
  kind: 'text' | 'truth' | 'list';
  help: string;
  /** Returns what is wrong with a value, or undefined. */
  check?: (value: string) => string | undefined;
}

/** The flags and arguments of one command line. */
export interface Given {
  /** The last value of a flag; undefined when it was not given. */
  text(name: string): string | undefined;
  /** All values of a flag, in the order given. */
  list(name: string): string[];
  /** Whether a flag was given as true. */
  truth(name: string): boolean;
  /** The arguments that are not flags. */
  rest: string[];
}

/** The command line does not fit the command's flags: the usage is printed, and the exit code is 4. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** `--help` was given. */
export class HelpWanted extends Error {
  override name = 'HelpWanted';
}

const TRUE = /^(1|t|T|TRUE|true|True)$/;
const FALSE = /^(0|f|F|FALSE|false|False)$/;

/**
 * Reads a command line as the `cockroach` command does: `--flag=value`, `--flag value`, `-f value`, `-fvalue`, with
 * flags and arguments in any order, and only arguments after `--`. Throws UsageError, and HelpWanted.
 */
export function parseFlags(argv: readonly string[], flags: readonly Flag[]): Given {
  const values = new Map<string, string[]>();
  const rest: string[] = [];
  const words = [...argv];
  const give = (flag: Flag, value: string): void => {
    const wrong =
      flag.kind === 'truth' && !TRUE.test(value) && !FALSE.test(value)
        ? `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`
        : flag.check?.(value);
    if (wrong !== undefined)
      throw new UsageError(`invalid argument ${JSON.stringify(value)} for "${called(flag)}" flag: ${wrong}`);
    values.set(flag.name, [...(values.get(flag.name) ?? []), value]);
  };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') rest.push(...words.splice(0));
    else if (word.startsWith('--')) readLong(word, words, flags, give);
    else if (word.startsWith('-') && word !== '-') readShort(word, words, flags, give);
    else rest.push(word);
  }
  const list = (name: string): string[] => values.get(name) ?? [];
  return { list, text: (name) => list(name).at(-1), truth: (name) => TRUE.test(list(name).at(-1) ?? ''), rest };
}

function called({ name, short }: Flag): string {
  return short ? `-${short}, --${name}` : `--${name}`;
}

type Give = (flag: Flag, value: string) => void;

function readLong(word: string, words: string[], flags: readonly Flag[], give: Give): void {
  const [, name = '', value] = /^--([^=]*)(?:=([^]*))?$/.exec(word) ?? [];
  if (name === 'help') throw new HelpWanted();
  const flag = flags.find((f) => f.name === name);
  if (!flag) throw new UsageError(`unknown flag: --${name}`);
  const given = value ?? (flag.kind === 'truth' ? 'true' : words.shift());
  if (given === undefined) throw new UsageError(`flag needs an argument: --${name}`);
  give(flag, given);
}

function readShort(word: string, words: string[], flags: readonly Flag[], give: Give): void {
  for (let at = 1; at < word.length; at++) {
    const letter = word[at]!;
    if (letter === 'h') throw new HelpWanted();
    const flag = flags.find((f) => f.short === letter);
    if (!flag) throw new UsageError(`unknown shorthand flag: '${letter}' in ${word}`);
    const after = word.slice(at + 1);
    if (flag.kind === 'truth' && !after.startsWith('=')) {
      give(flag, 'true');
      continue;
    }
    const given = after ? after.replace(/^=/, '') : words.shift();
    if (given === undefined) throw new UsageError(`flag needs an argument: '${letter}' in ${word}`);
    give(flag, given);
    return;
  }
}
