import { typeFamily } from '../../catalog/type-families.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { bracketDepths, closingBracket } from '../text/brackets.ts';
import { lex } from '../text/lexer.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** PostgreSQL's errors about expressions in definitions, with CockroachDB's codes and words. */
const WORDS: readonly [RegExp, string, string][] = [
  [/^cannot use subquery in column generation/, SQLSTATE.syntaxError, variable('computed column')],
  [/^cannot use subquery in index predicate/, SQLSTATE.syntaxError, variable('index predicate')],
  [/^cannot use subquery in check/, SQLSTATE.syntaxError, variable('CHECK')],
  [/^cannot use (?:subquery|column reference) in DEFAULT/, SQLSTATE.syntaxError, variable('DEFAULT')],
  [
    /^cannot use generated column ".*" in column generation/,
    SQLSTATE.invalidTableDefinition,
    'computed columns cannot reference other computed columns',
  ],
  [
    /^both default and generation expression specified/,
    SQLSTATE.invalidTableDefinition,
    'computed columns cannot have default values',
  ],
  [/^generation expression is not immutable/, SQLSTATE.featureNotSupported, changing('computed column')],
  [/^functions in index predicate must be/, SQLSTATE.featureNotSupported, changing('index predicate')],
  [
    /^invalid ON UPDATE action for foreign key constraint containing generated/,
    SQLSTATE.invalidForeignKey,
    'invalid ON UPDATE action for foreign key constraint containing computed column',
  ],
  [
    /^invalid ON DELETE action for foreign key constraint containing generated/,
    SQLSTATE.invalidForeignKey,
    'invalid ON DELETE action for foreign key constraint containing computed column',
  ],
];

function variable(place: string): string {
  return `variable sub-expressions are not allowed in ${place}`;
}

function changing(place: string): string {
  return `context-dependent operators are not allowed in ${place}`;
}

/** Rewords an error about an expression in a definition. */
export const definitionExpression: ErrorTranslation = ({ message }, source) => {
  const [, code, words] = WORDS.find(([pattern]) => pattern.test(message)) ?? [];
  if (code !== undefined) return { code, message: words! };
  const [, stored] = /^column "(.*)" of relation ".*" is not a generated column$/.exec(message) ?? [];
  if (stored !== undefined)
    return { code: SQLSTATE.invalidColumnDefinition, message: `column "${stored}" is not a computed column` };
  if (/^column ".*" of relation ".*" is a generated column$/.test(message) && /\bset\s+default\b/i.test(source))
    return {
      code: SQLSTATE.syntaxError,
      message: `computed column "${/"(.*?)"/.exec(message)![1]}" cannot also have a DEFAULT expression`,
    };
  const [, written] = /^column "(.*)" (?:can only be updated to DEFAULT|is a generated column)/.exec(message) ?? [];
  const [, inserted] = /^cannot insert a non-DEFAULT value into column "(.*)"$/.exec(message) ?? [];
  const computed = written ?? inserted;
  if (computed !== undefined)
    return {
      code: SQLSTATE.objectNotInPrerequisiteState,
      message: `cannot write directly to computed column "${computed}"`,
    };
  return unknownReference(message, source) ?? wrongType(message, source);
};

/** The error about a column that a check, a computed column or a condition of an index names and the table lacks. */
function unknownReference(message: string, source: string): ReturnType<ErrorTranslation> {
  const [, column] = /^column "(.*)" does not exist$/.exec(message) ?? [];
  if (
    column === undefined ||
    !/^\s*(create\s+(table|temp|(unique\s+|inverted\s+)*index)|alter\s+table)\b/i.test(source)
  )
    return undefined;
  const tokens = lex(source);
  const from = tokens.findIndex((token, i) => {
    if (!isWord(token, 'check', 'as') || !isSign(tokens[i + 1], '(')) return false;
    const close = closingBracket(tokens, i + 1);
    return tokens.some((each, at) => at > i && at < close && isName(each) && each.value === column);
  });
  if (from < 0) return undefined;
  const text = textInBrackets(source, tokens, from + 1);
  const code = SQLSTATE.undefinedColumn;
  return { code, message: `column "${column}" does not exist, referenced in "${text}"` };
}

/** The error about an expression that has not the type of its column, or is no condition. */
function wrongType(message: string, source: string): ReturnType<ErrorTranslation> {
  const [, column, wanted, given] =
    /^column "(.*)" is of type (.*) but default expression is of type (.*)$/.exec(message) ?? [];
  if (column === undefined) return notCondition(message, source);
  const found = expressionOf(source, column);
  return found && expected(found.place, wanted!, found.text, given!);
}

function notCondition(message: string, source: string): ReturnType<ErrorTranslation> {
  const [, clause, given] = /^argument of (WHERE|CHECK) must be type bool(?:ean)?, not type (.*)$/.exec(message) ?? [];
  if (clause === undefined || !/^\s*(create|alter)\b/i.test(source)) return undefined;
  const tokens = lex(source);
  const at = tokens.findIndex((token) => isWord(token, clause.toLowerCase()));
  const isCheck = clause === 'CHECK';
  const place = isCheck ? 'CHECK' : 'index predicate';
  const text = isCheck ? textInBrackets(source, tokens, at + 1) : textToEnd(source, tokens, at + 1);
  return expected(place, 'bool', text, given!);
}

function expected(place: string, wanted: string, text: string, given: string): ReturnType<ErrorTranslation> {
  // The text may be that for PostgreSQL.
  const shown = text.replaceAll(/::text\b/g, '::STRING');
  const types = `to have type ${typeFamily(wanted)}, but '${shown}' has type ${typeFamily(given)}`;
  return { code: SQLSTATE.datatypeMismatch, message: `expected ${place} expression ${types}` };
}

/** The default of a column in a definition, or the expression that computes it. */
function expressionOf(source: string, column: string): { place: string; text: string } | undefined {
  const tokens = lex(source);
  const depths = bracketDepths(tokens);
  for (const [i, token] of tokens.entries()) {
    if (!isName(token) || token.value !== column) continue;
    for (let at = i + 1; at < tokens.length && depths[at]! >= depths[i]!; at++) {
      if (depths[at]! > depths[i]!) continue;
      if (isSign(tokens[at], ',')) break;
      if (isWord(tokens[at], 'default')) return { place: 'DEFAULT', text: textToEnd(source, tokens, at + 1) };
      if (isWord(tokens[at], 'as') && isSign(tokens[at + 1], '('))
        return { place: 'computed column', text: textInBrackets(source, tokens, at + 1) };
    }
  }
  return undefined;
}

/** Words that end a default. */
const NEXT_PART = ['constraint', 'not', 'null', 'primary', 'unique', 'check', 'references', 'family', 'create'];

function textToEnd(source: string, tokens: readonly Token[], from: number): string {
  const depths = bracketDepths(tokens);
  const isEnd = (token: Token, at: number): boolean =>
    token.kind === 'end' ||
    isSign(token, ';') ||
    depths[at]! < depths[from]! ||
    (depths[at] === depths[from] && (isSign(token, ',') || isSign(token, ')') || isWord(token, ...NEXT_PART)));
  const end = tokens.findIndex((token, at) => at > from && isEnd(token, at));
  return source.slice(tokens[from]!.start, tokens[(end < 0 ? tokens.length : end) - 1]!.end);
}

function textInBrackets(source: string, tokens: readonly Token[], open: number): string {
  const close = closingBracket(tokens, open);
  return close < open + 2 ? '' : source.slice(tokens[open + 1]!.start, tokens[close - 1]!.end);
}
