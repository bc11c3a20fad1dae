import { entry, functions, operators } from './catalog.ts';
import { isUsersType, typeFamily } from './type-families.ts';

/**
 * Whether a value of one of PostgreSQL's types can be an argument where one of CockroachDB's is expected. Constants,
 * which are `unknown`, `integer` or `numeric` in PostgreSQL, can be of several types.
 */
function fits(given: string, wanted: string): boolean {
  if (given === 'unknown' || wanted === 'anyelement') return true;
  if (wanted === 'anyenum') return isUsersType(given);
  if (wanted === 'anyarray') return given.endsWith('[]');
  if (wanted.endsWith('[]')) return given.endsWith('[]') && fits(given.slice(0, -2), wanted.slice(0, -2));
  const family = typeFamily(given);
  if (given === 'integer' && /^(?:decimal|float|oid)$/.test(wanted)) return true;
  return family === wanted || (family === 'decimal' && wanted === 'float');
}

/** Whether these arguments fit the types of parameters, of which the last may be given several times. */
function match(given: readonly string[], parameters: readonly string[]): boolean {
  const last = parameters.at(-1) ?? '';
  const isVariadic = last.endsWith('...');
  if (isVariadic ? given.length < parameters.length - 1 : given.length !== parameters.length) return false;
  const enums = new Set(given.filter((type, i) => parameters[i] === 'anyenum' && type !== 'unknown'));
  return enums.size < 2 && given.every((type, i) => fits(type, typeFamily((parameters[i] ?? last).replace('...', ''))));
}

/** Returns the types of the parameters of every signature of a function; undefined when CockroachDB lacks it. */
export async function signaturesOf(name: string): Promise<string[][] | undefined> {
  const signatures = entry(await functions(), name);
  return signatures?.split(' | ').map((signature) => {
    const [parameters] = signature.split(/ ?-> /);
    return parameters ? parameters.split(', ') : [];
  });
}

/** Whether CockroachDB has a function that takes arguments of these types, by PostgreSQL's names. */
export async function hasSignature(name: string, given: readonly string[]): Promise<boolean> {
  return (await signaturesOf(name))?.some((parameters) => match(given, parameters)) ?? false;
}

/** CockroachDB's second names for operators. */
const SAME: Readonly<Record<string, string>> = { '<>': '!=', '~~': 'LIKE', '!~~': 'NOT LIKE', '~~*': 'ILIKE' };

/** Whether CockroachDB has an operator for operands of these types of PostgreSQL: two, or one for a unary operator. */
export async function hasOperator(sign: string, given: readonly string[]): Promise<boolean> {
  const operands = entry(await operators(), SAME[sign] ?? sign)?.split(', ') ?? [];
  return operands.some((types) => match(given, types.split(' ')));
}
