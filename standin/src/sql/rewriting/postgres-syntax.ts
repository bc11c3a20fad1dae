import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError, unknownFunction } from '../../protocol/statement-error.ts';
import { closingBracket, enclosingBracket } from '../text/brackets.ts';
import { mentions } from '../text/mentions.ts';
import type { Statement } from '../text/statement.ts';
import { syntaxError, unimplementedSyntax } from '../text/syntax-error.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

/** Returns CockroachDB's error about the word at that token; undefined when it is used as CockroachDB knows it. */
type Check = (statement: Statement, at: number) => StatementError | undefined;

/** The error is at the token itself when one of these follows it. */
const before =
  (...words: string[]): Check =>
  (statement, at) =>
    isWord(statement.tokens[at + 1], ...words) || words.some((word) => isSign(statement.tokens[at + 1], word))
      ? syntaxError(statement, statement.tokens[at]!)
      : undefined;

/** The error is at the token itself when it follows one of these. */
const after =
  (...words: string[]): Check =>
  (statement, at) =>
    isWord(statement.tokens[at - 1], ...words) || words.some((word) => isSign(statement.tokens[at - 1], word))
      ? syntaxError(statement, statement.tokens[at]!)
      : undefined;

/** Words after which a name with a parenthesis is that of a table. */
const BEFORE_TABLE = 'into table exists view references with recursive on'.split(' ');

function isCalled(tokens: readonly Token[], at: number): boolean {
  if (!isSign(tokens[at + 1], '(') || isSign(tokens[at - 1], '.') || isWord(tokens[at - 1], ...BEFORE_TABLE))
    return false;
  return !isWord(tokens[closingBracket(tokens, at + 1) + 1], 'as') || !isSign(tokens[at - 1], ',');
}

/** A function that is part of PostgreSQL's grammar; with words among its arguments, CockroachDB cannot parse it. */
const functionWithWords: Check = (statement, at) => {
  const { tokens } = statement;
  if (!isCalled(tokens, at)) return undefined;
  const [first, second] = tokens.slice(at + 2, at + 4);
  const ends = [',', ')', '(', '.', '::', '[', '||', '->'].some((sign) => isSign(second, sign));
  if (isWord(first, 'select')) return syntaxError(statement, first!);
  if (!ends && second && second.kind !== 'sign') return syntaxError(statement, second);
  return unknownFunction(tokens[at]!.value);
};

/** A call that CockroachDB parses, and answers with `unimplemented` at its last parenthesis. */
const unimplementedCall: Check = ({ tokens }, at) =>
  isCalled(tokens, at) ? unimplementedSyntax(tokens[closingBracket(tokens, at + 1)] ?? tokens.at(-1)!) : undefined;

/** `old` and `new` in RETURNING; they are also names that a table may have. */
const returned: Check = ({ tokens }, at) => {
  const name = tokens[at]!.value;
  const returning = tokens.findIndex((token) => isWord(token, 'returning'));
  if (!isSign(tokens[at + 1], '.') || isSign(tokens[at - 1], '.') || returning < 0 || at < returning) return undefined;
  const isDefined = tokens.some((token, i) => isName(token) && token.value === name && !isSign(tokens[i + 1], '.'));
  return isDefined
    ? undefined
    : new StatementError(SQLSTATE.undefinedTable, `no data source matches prefix: ${name} in this context`);
};

/** JSON_OBJECT is a function to both, but its arguments have names in PostgreSQL only. */
const namedMember: Check = (statement, at) => {
  const { tokens } = statement;
  if (!isCalled(tokens, at)) return undefined;
  const close = closingBracket(tokens, at + 1);
  const sign = tokens.slice(at + 2, close).find((token) => isSign(token, ':') || isWord(token, 'value'));
  return sign && syntaxError(statement, sign);
};

/** What PostgreSQL tests with IS. */
const tested: Check = (statement, at) => {
  const { tokens } = statement;
  const form = isWord(tokens[at - 1], 'nfc', 'nfd', 'nfkc', 'nfkd') ? at - 1 : at;
  const is = isWord(tokens[form - 1], 'not') ? form - 2 : form - 1;
  return isWord(tokens[is], 'is') ? syntaxError(statement, tokens[form]!) : undefined;
};

/** A query of WITH has no clauses after its parenthesis. */
const afterParenthesis: Check = (statement, at) =>
  isSign(statement.tokens[at - 1], ')') ? syntaxError(statement, statement.tokens[at]!) : undefined;

const syntaxAfter: Check = (statement, at) => syntaxError(statement, statement.tokens[at + 1]!);
const isRow = (tokens: readonly Token[], at: number): boolean =>
  isSign(tokens[at - 1], ')') && isSign(tokens[at + 1], '(');
const isArgument = (tokens: readonly Token[], at: number): boolean =>
  isSign(tokens[at - 1], '(') || isSign(tokens[at - 1], ',');

/** Returns the bracket that ends the list that begins at a token, or around it. */
function endOfList(tokens: readonly Token[], at: number): Token {
  const open = isSign(tokens[at], '(') ? at : enclosingBracket(tokens, at);
  return tokens[open < 0 ? -1 : closingBracket(tokens, open)] ?? tokens.at(-1)!;
}

/** The columns of ON CONFLICT are names, and no expressions. */
const expressionOfConflict: Check = (statement, at) => {
  const { tokens } = statement;
  if (!isWord(tokens[at - 1], 'on') || !isSign(tokens[at + 1], '(')) return undefined;
  const inner = tokens.slice(at + 2, closingBracket(tokens, at + 1)).find((token) => isSign(token, '('));
  return inner && syntaxError(statement, inner);
};

/** A join by USING has no name of its own. */
const nameOfJoin: Check = (statement, at) => {
  const { tokens } = statement;
  const close = isSign(tokens[at + 1], '(') && isWord(tokens[0], 'select') ? closingBracket(tokens, at + 1) : -1;
  return close > 0 && isWord(tokens[close + 1], 'as') ? syntaxError(statement, tokens[close + 1]!) : undefined;
};

const CHECKS = new Map<string, Check>([
  // SELECT INTO would make a table; the INTO of INSERT follows its verb.
  [
    'into',
    (statement, at) =>
      isWord(statement.tokens[at - 1], 'insert', 'upsert', 'as') || isSign(statement.tokens[at - 1], '.')
        ? undefined
        : syntaxError(statement, statement.tokens[at]!),
  ],
  [
    'ties',
    (statement, at) =>
      isWord(statement.tokens[at - 2], 'row', 'rows') && isWord(statement.tokens[at - 1], 'with')
        ? syntaxError(statement, statement.tokens[at - 1]!)
        : undefined,
  ],
  ['overriding', before('system', 'user')],
  ['of', (statement, at) => (isWord(statement.tokens[at - 2], 'where') ? after('current')(statement, at) : undefined)],
  ['search', (statement, at) => before('depth', 'breadth')(statement, at) && afterParenthesis(statement, at)],
  ['cycle', (statement, at) => (isWord(statement.tokens[at + 2], 'set') ? afterParenthesis(statement, at) : undefined)],
  ['returning', (statement, at) => (before('with')(statement, at) ? after('returning')(statement, at + 1) : undefined)],
  ['old', returned],
  ['new', returned],
  ['distinct', (statement, at) => (isWord(statement.tokens[at - 2], 'group') ? after('by')(statement, at) : undefined)],
  ['all', (statement, at) => (isWord(statement.tokens[at - 2], 'group') ? after('by')(statement, at) : undefined)],
  ['local', after('at')],
  ['json', tested],
  ['document', tested],
  ['normalized', tested],
  ['similar', (statement, at) => (isWord(statement.tokens[at + 1], 'to') ? undefined : syntaxAfter(statement, at))],
  ['overlaps', ({ tokens }, at) => (isRow(tokens, at) ? unimplementedSyntax(endOfList(tokens, at + 1)) : undefined)],
  ['variadic', ({ tokens }, at) => (isArgument(tokens, at) ? unimplementedSyntax(endOfList(tokens, at)) : undefined)],
  ['conflict', expressionOfConflict],
  ['using', nameOfJoin],
  ['json_object', namedMember],
  ['json_objectagg', (statement, at) => namedMember(statement, at) ?? functionWithWords(statement, at)],
  ...`json_array json_arrayagg json_scalar json_serialize json_value json_query json_exists json_table xmlconcat
  xmlelement xmlexists xmlforest xmlparse xmlpi xmlroot xmlserialize xmltable`
    .split(/\s+/)
    .map((name): [string, Check] => [name, functionWithWords]),
  ...['treat', 'grouping'].map((name): [string, Check] => [name, unimplementedCall]),
  [
    'for',
    ({ tokens }, at) =>
      isWord(tokens[at - 1], 'collation') && isSign(tokens[at + 1], '(')
        ? unimplementedSyntax(endOfList(tokens, at + 1))
        : undefined,
  ],
]);
const WORDS = [...CHECKS.keys()];

/**
 * Throws StatementError for syntax of a query that PostgreSQL has and CockroachDB v21.1 does not, so that nobody learns
 * what works on one of the two only. Most of it is a syntax error, at the token where CockroachDB's grammar ends.
 */
export function refusePostgresSyntax(statement: Statement): void {
  const { tokens } = statement;
  if (statement.translated || !mentions(tokens, ...WORDS)) return;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const error = token.kind === 'word' ? CHECKS.get(token.value)?.(statement, i) : undefined;
    if (error) throw error;
  }
}
