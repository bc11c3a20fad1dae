import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { SEQUENCE_FUNCTIONS } from '../rewriting/object-names.ts';
import { lex } from '../text/lexer.ts';
import { isSign, isWord } from '../text/tokens.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** Rewords the errors of `nextval`, `currval`, `lastval` and `setval`, which begin with the function. */
export const sequenceError: ErrorTranslation = ({ code, message }) => {
  const [, unset] = /^(currval|lastval)\b.* is not yet defined in this session$/.exec(message) ?? [];
  if (unset !== undefined) return { code, message: `${unset}(): ${message}` };
  const [, value] = /^setval: (value .* is out of bounds for sequence .*)$/.exec(message) ?? [];
  if (value !== undefined) return { code: SQLSTATE.numericValueOutOfRange, message: `setval(): ${value}` };
  const [, end] = /^nextval: (reached (?:maximum|minimum) value of sequence .*)$/.exec(message) ?? [];
  return end === undefined ? undefined : { code, message: `nextval(): ${end}` };
};

/** Rewords the error about a sequence that does not exist, named in a call. */
export const undefinedSequence: ErrorTranslation = ({ code, message }, source) => {
  const [, name] = /^relation "(.*)" does not exist$/s.exec(message) ?? [];
  if (name === undefined) return undefined;
  const tokens = lex(source);
  const at = tokens.findIndex(
    (token, i) =>
      isWord(token, ...SEQUENCE_FUNCTIONS) && isSign(tokens[i + 1], '(') && tokens[i + 2]?.value === `'${name}'`,
  );
  return at < 0 ? undefined : { code, message: `${tokens[at]!.value}(): ${message}` };
};
