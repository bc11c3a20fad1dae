import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** Rewords the errors of `nextval`, `currval`, `lastval` and `setval`, which begin with the function. */
export const sequenceError: ErrorTranslation = ({ code, message }) => {
  const [, unset] = /^(currval|lastval)\b.* is not yet defined in this session$/.exec(message) ?? [];
  if (unset !== undefined) return { code, message: `${unset}(): ${message}` };
  const [, value] = /^setval: (value .* is out of bounds for sequence .*)$/.exec(message) ?? [];
  if (value !== undefined) return { code: SQLSTATE.numericValueOutOfRange, message: `setval(): ${value}` };
  const [end] = /^reached (?:maximum|minimum) value of sequence .*$/.exec(message) ?? [];
  return end === undefined ? undefined : { code, message: `nextval(): ${end.replace('nextval: ', '')}` };
};
