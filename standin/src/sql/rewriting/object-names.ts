import { enclosingBracket } from '../text/brackets.ts';
import { onceForTokens } from '../text/once-for-tokens.ts';
import { precedingWordHere } from '../text/preceding-words.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** The name of a table or another object in a statement. */
export interface ObjectName {
  /** Index of its first token. */
  at: number;
  /** Its parts: three for `bank.public.accounts`. */
  path: string[];
  /** Whether the statement only reads the object, as after FROM. */
  isRead: boolean;
  /** The word before the name, such as `from` or `references`. */
  after: string;
}

const READING = ['from', 'join', 'using'];
const WRITING = ['into', 'update', 'table', 'truncate', 'references', 'exists', 'view', 'sequence', 'only', 'copy'];
/** In definitions only, an object follows these: elsewhere, `on` and `like` belong to conditions. */
const DEFINING = ['on', 'like', 'type', 'index', 'column', 'to', 'schema'];
/** Words that can also be followed by something else, unless that is a name with dots. */
const BEFORE_QUALIFIED = ['like', 'type', 'index', 'column', 'to', 'schema'];
const DEFINITIONS = ['create', 'alter', 'drop', 'comment', 'grant', 'revoke', 'show'];
/** Functions whose arguments are separated by FROM. */
const FROM_IN_FUNCTIONS = ['extract', 'substring', 'trim', 'overlay', 'ltrim', 'rtrim', 'btrim'];
/** Unquoted words that follow FROM, TABLE and the like, and are not the name of an object. */
const NOT_NAMES =
  `type if not exists only lateral select values with stdin database table column constraint index view sequence
  set cascade restrict skip nowait of row rows schema role user all as`.split(/\s+/);

/**
 * Returns the objects that a statement names, in order, whether their names have dots or not; not those that it defines
 * in a WITH, nor functions.
 */
export function objectNames(tokens: Token[]): ObjectName[] {
  const names: ObjectName[] = [];
  for (let i = 1; i < tokens.length; i++) {
    const after = wordBefore(tokens, i);
    if (after === undefined || !isName(tokens[i]) || isWord(tokens[i], ...NOT_NAMES)) continue;
    const path = pathAt(tokens, i);
    if (path.length === 1 && BEFORE_QUALIFIED.includes(after)) continue;
    const next = tokens[i + 2 * path.length - 1];
    const isRead = READING.includes(after) && !isWord(tokens[i - 2], 'delete');
    if (isRead && (isSign(next, '(') || (path.length === 1 && namesOfWith(tokens).has(path[0]!)))) continue;
    names.push({ at: i, path, isRead, after });
  }
  return names;
}

/** Functions whose first argument is a string with the name of a sequence. */
export const SEQUENCE_FUNCTIONS = ['nextval', 'currval', 'setval'];

/** Returns the sequences that strings name, as in `nextval('bank.public.ids')`; not those with quoted names. */
export function sequenceNames(tokens: Token[]): ObjectName[] {
  if (!mentions(tokens, ...SEQUENCE_FUNCTIONS)) return [];
  return tokens.flatMap((token, i) => {
    const [, name] = (token.kind === 'string' && /^'([\w.]+)'$/.exec(token.value)) || [];
    if (name === undefined || !isSign(tokens[i - 1], '(') || !isWord(tokens[i - 2], ...SEQUENCE_FUNCTIONS)) return [];
    return [{ at: i, path: name.toLowerCase().split('.'), isRead: false, after: 'sequence' }];
  });
}

/** Returns the parts of the qualified name that begins at that token. */
export function pathAt(tokens: Token[], at: number): string[] {
  const path = [tokens[at]!.value];
  for (let i = at; isSign(tokens[i + 1], '.') && isName(tokens[i + 2]); i += 2) path.push(tokens[i + 2]!.value);
  return path;
}

/** Returns the word that announces an object at token `at`, also as an item of a list; undefined when none does. */
function wordBefore(tokens: Token[], at: number): string | undefined {
  let i = at - 1;
  if (isSign(tokens[i], ',') && isWord(tokens[0], 'alter')) return undefined;
  if (isSign(tokens[i], ',')) i = listHead(tokens, i);
  const word = tokens[i];
  if (isWord(word, 'create') && isWord(tokens[i - 1], 'show') && !isWord(tokens[at + 1], 'tables')) return 'create';
  if (!isWord(word, ...READING, ...WRITING, ...DEFINING)) return undefined;
  if (isWord(word, ...DEFINING) && !isWord(tokens[0], ...DEFINITIONS)) return undefined;
  const before = tokens[i - 1];
  if (isWord(word, 'from')) {
    if (isWord(before, 'distinct') || isWord(tokens[0], 'revoke')) return undefined;
    const call = tokens[enclosingBracket(tokens, i) - 1];
    if (isWord(call, ...FROM_IN_FUNCTIONS)) return undefined;
  }
  if (isWord(word, 'update') && isWord(before, 'for', 'on', 'do')) return undefined;
  if (isWord(word, 'on') && !isOnObject(tokens)) return undefined;
  if (isWord(word, 'to') && !isWord(before, 'rename')) return undefined;
  return word!.value;
}

/** Whether ON stands before an object in this statement: as in CREATE INDEX, but not in a join. */
function isOnObject(tokens: Token[]): boolean {
  if (isWord(tokens[0], 'comment', 'grant', 'revoke', 'show')) return true;
  return isWord(tokens[0], 'create') && tokens.slice(1, 4).some((token) => isWord(token, 'index'));
}

/** Words that begin a list of something else. */
const OTHER_LISTS = ['select', 'where', 'set', 'by', 'values', 'returning', 'having', 'array'];
const listWord = precedingWordHere([...OTHER_LISTS, ...READING, ...WRITING, 'on', 'index']);

/** Returns the index of the word that began a list of objects, from one of its commas; -1 when it lists others. */
function listHead(tokens: Token[], comma: number): number {
  const head = listWord(tokens, comma);
  return isWord(tokens[head], ...OTHER_LISTS) ? -1 : head;
}

/** The names that are defined as `name AS (` or `name (…) AS (`, as in WITH. */
const namesOfWith = onceForTokens((tokens): ReadonlySet<string> => {
  const names = new Set<string>();
  if (!mentions(tokens, 'with')) return names;
  for (const [i, token] of tokens.entries()) {
    if (!isName(token)) continue;
    if (!isWord(tokens[i - 1], 'with', 'recursive') && !isSign(tokens[i - 1], ',')) continue;
    if (isWord(tokens[i + 1], 'as') || isSign(tokens[i + 1], '(')) names.add(token.value);
  }
  return names;
});
