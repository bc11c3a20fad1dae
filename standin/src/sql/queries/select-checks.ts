import { AFTER_LIST } from '../text/clause-words.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { mentions } from '../text/mentions.ts';
import type { Statement } from '../text/statement.ts';
import { syntaxError } from '../text/syntax-error.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

/**
 * Throws StatementError for lists that PostgreSQL takes and CockroachDB does not: an empty one, as in `SELECT FROM t`,
 * and a name for `t.*`.
 */
export function checkSelectLists(statement: Statement): void {
  const { tokens } = statement;
  const hasStar = mentions(tokens, '*');
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (isWord(token, 'select')) checkIsFilled(statement, i);
    else if (hasStar && isSign(token, '*')) checkStar(tokens, i);
  }
}

function checkIsFilled(statement: Statement, select: number): void {
  const { tokens } = statement;
  // After a dot or AS it is a name.
  if (isSign(tokens[select - 1], '.') || isWord(tokens[select - 1], 'as')) return;
  const isQualified = isWord(tokens[select + 1], 'all', 'distinct') && !isWord(tokens[select + 2], 'on');
  const next = tokens[select + (isQualified ? 2 : 1)]!;
  if (isWord(next, ...AFTER_LIST) || isSign(next, ')') || next.kind === 'end') throw syntaxError(statement, next);
}

function checkStar(tokens: Token[], star: number): void {
  if (!isSign(tokens[star - 1], '.') || !isName(tokens[star - 2]) || !isWord(tokens[star + 1], 'as')) return;
  let from = star - 2;
  while (isSign(tokens[from - 1], '.') && isName(tokens[from - 2])) from -= 2;
  const name = tokens
    .slice(from, star + 1)
    .map(({ value }) => value)
    .join('');
  throw new StatementError(SQLSTATE.syntaxError, `"${name}" cannot be aliased`);
}
