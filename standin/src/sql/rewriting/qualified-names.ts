import { quoteName } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { precedingWordHere } from '../text/preceding-words.ts';
import { sequenceNames } from './object-names.ts';
import { mentions } from '../text/mentions.ts';

/** Words that are followed by the name of a table or another object, or by a list of names. */
const BEFORE_OBJECTS =
  'from join into update table truncate references on exists view sequence only index like type copy'.split(' ');
/** Words that are followed by a list of something else. */
const BEFORE_OTHER_LISTS = 'select where set by values returning having limit offset distinct partition to array'.split(
  ' ',
);

/** A name with dots in it. */
interface QualifiedName {
  /** Index of its first token. */
  at: number;
  /** The tokens of its parts; at least two. */
  parts: Token[];
  /** Whether it names a table or another object, and not a column. */
  isObject: boolean;
}

/** The names with dots in them among the tokens, in order. */
export function qualifiedNames(tokens: Token[]): QualifiedName[] {
  const found: QualifiedName[] = [];
  if (!mentions(tokens, '.')) return found;
  for (let i = 0; i < tokens.length; i++) {
    if (!isName(tokens[i]) || !isSign(tokens[i + 1], '.')) continue;
    const at = i;
    const before = i - 1;
    const parts = [tokens[i]!];
    while (isSign(tokens[i + 1], '.') && isName(tokens[i + 2])) {
      parts.push(tokens[i + 2]!);
      i += 2;
    }
    if (parts.length === 1) continue;
    const isObject =
      (isWord(tokens[before], ...BEFORE_OBJECTS) && !(isWord(tokens[before], 'on', 'like') && isCondition(tokens))) ||
      (isSign(tokens[before], ',') && isInObjectList(tokens, before));
    found.push({ at, parts, isObject });
  }
  return found;
}

/** Whether ON and LIKE belong to conditions in this statement. */
function isCondition(tokens: Token[]): boolean {
  return isWord(tokens[0], 'select', 'insert', 'update', 'delete', 'upsert', 'with', 'explain', '(');
}

const listWord = precedingWordHere([...BEFORE_OTHER_LISTS, ...BEFORE_OBJECTS]);

/** Whether a comma separates tables, judged by the word that began its list. */
function isInObjectList(tokens: Token[], comma: number): boolean {
  const word = tokens[listWord(tokens, comma)];
  return isWord(word, ...BEFORE_OBJECTS) && !isWord(word, ...BEFORE_OTHER_LISTS);
}

/**
 * Removes the database from `database.table` and `database.schema.table` when it is the current one
 * (cockroachlabs.com/docs/stable/sql-name-resolution): PostgreSQL has no `database.table`. In database `bank`:
 *
 *     SELECT bank.public.accounts.id, nextval('bank.ids') FROM bank.accounts
 *     SELECT public.accounts.id, nextval('public.ids') FROM "public".accounts
 */
export function rewriteQualifiedNames(statement: Statement, edits: TextEdits, database: string): void {
  for (const { at, parts, isObject } of qualifiedNames(statement.tokens)) {
    const [first, second] = parts as [Token, Token];
    if (first.value !== database) continue;
    const isSchema = isWord(statement.tokens[at - 1], 'schema');
    if (parts.length > 2 || isSchema) edits.replace(first.start, second.start, '');
    else if (isObject && !isWord(statement.tokens[0], 'show'))
      edits.replace(first.start, first.end, quoteName('public'));
  }
  rewriteSequences(statement.tokens, edits, database);
}

/** Removes the database from the names of sequences in strings. */
function rewriteSequences(tokens: Token[], edits: TextEdits, database: string): void {
  for (const { at, path } of sequenceNames(tokens)) {
    const { start, end } = tokens[at]!;
    const [first, ...rest] = path;
    if (first === database && rest.length) edits.replace(start, end, `'${['public', ...rest].slice(-2).join('.')}'`);
  }
}
