import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { lex } from '../text/lexer.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** Rewords the error about an order that JSON does not have in CockroachDB. */
export const unorderedJson: ErrorTranslation = ({ message }) =>
  message === 'could not identify an ordering operator for type jsonb'
    ? { code: SQLSTATE.featureNotSupported, message: "can't order by column type jsonb", hint: notImplemented(35706) }
    : undefined;

/** Returns the hint at an issue of CockroachDB. */
function notImplemented(issue: number): string {
  const link = `See: https://go.crdb.dev/issue-v/${issue}/v21.1`;
  return `You have attempted to use a feature that is not yet implemented.\n${link}`;
}

/** What PostgreSQL's functions on JSON say, and what CockroachDB's do. */
const WORDS: [said: RegExp, says: string][] = [
  [/^cannot extract elements from (?:an object|a scalar)$/, 'cannot be called on a non-array'],
  [/^argument (\d+): key must not be null$/, '{name}(): argument $1 cannot be null'],
  [/^argument list must have even number of elements$/, '{name}(): argument list must have even number of elements'],
  [/^key value must be scalar, not/, '{name}(): key value must be scalar, not array, tuple, or json'],
  [/^array must have even number of elements$/, '{name}(): array must have even number of elements'],
  [/^null value not allowed for object key$/, '{name}(): null value not allowed for object key'],
  [/^mismatched array dimensions$/, '{name}(): mismatched array dimensions'],
  [/^path element at position \d+ is not an integer: "(.*)"$/, 'a path element is not an integer: $1'],
];
const FUNCTIONS = /^jsonb?_(?:object|build_object|object_keys|each|each_text)$/;

/** Rewords the errors of functions on JSON. */
export const jsonArgument: ErrorTranslation = ({ code, message }, source) => {
  const [, kind] = /^cannot call jsonb_object_keys on (.*)$/.exec(message) ?? [];
  const called = (): string => lex(source).find(({ value }) => FUNCTIONS.test(value))?.value ?? 'json_object';
  if (kind !== undefined) {
    const name = called();
    const isEach = name.includes('each');
    if (!isEach) return { code, message: `cannot call ${name} on ${kind}` };
    return { code, message: `cannot deconstruct ${kind}${kind === 'an array' ? ' as an object' : ''}` };
  }
  const found = WORDS.find(([said]) => said.test(message));
  if (!found) return undefined;
  const [said, says] = found;
  return { code, message: message.replace(new RegExp(`${said.source}.*`), says).replace('{name}', called) };
};
