import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { lex } from '../text/lexer.ts';
import { isName, isSign, isWord } from '../text/tokens.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** Rewords the error about an order that JSON does not have in CockroachDB. */
export const unorderedJson: ErrorTranslation = ({ message }) =>
  message === 'could not identify an ordering operator for type jsonb'
    ? { code: SQLSTATE.featureNotSupported, message: "can't order by column type jsonb", hint: notImplemented(35706) }
    : undefined;

/** Rewords the error about an index or a key on JSON. PostgreSQL does not tell the column. */
export const unindexedJson: ErrorTranslation = ({ message }, source) => {
  if (!message.startsWith('data type jsonb has no default operator class for access method "btree"')) return undefined;
  const tokens = lex(source);
  const typed = tokens.findIndex((token, i) => i > 0 && isWord(token, 'json', 'jsonb') && isName(tokens[i - 1])) - 1;
  const listed = tokens.findLastIndex((token) => isSign(token, '(')) + 1;
  const column = tokens[typed >= 0 ? typed : listed]?.value ?? '';
  return {
    code: SQLSTATE.featureNotSupported,
    message: `column ${column} is of type jsonb and thus is not indexable`,
    hint: notImplemented(35730),
  };
};

/** Returns the hint at an issue of CockroachDB. */
function notImplemented(issue: number): string {
  const link = `See: https://go.crdb.dev/issue-v/${issue}/v21.1`;
  return `You have attempted to use a feature that is not yet implemented.\n${link}`;
}
