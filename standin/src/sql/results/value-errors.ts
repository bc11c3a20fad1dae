import { typeFamily } from '../../catalog/type-families.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, type ErrorFields } from '../../protocol/statement-error.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** The types whose size CockroachDB tells when it names the type of a column, by PostgreSQL's names. */
const SIZED = new Map([
  ['integer', 'int4'],
  ['smallint', 'int2'],
  ['real', 'float4'],
  ['character varying', 'varchar'],
  ['character', 'char'],
]);

/** The operations whose operands must be booleans, and CockroachDB's names of what is not one. */
const BOOLEAN_PLACES = new Map([
  ['AND', 'AND argument'],
  ['OR', 'OR argument'],
  ['NOT', 'NOT argument'],
  ['CASE/WHEN', 'condition'],
]);

/** Rewords the error about a value of the wrong type for its column, or a condition that is not a boolean. */
export const datatypeMismatch: ErrorTranslation = ({ code, message }) => {
  const [, column, wanted, given] =
    /^column "(.*)" is of type (.*) but expression is of type (.*)$/.exec(message) ?? [];
  if (column !== undefined) {
    const type = SIZED.get(wanted!) ?? typeFamily(wanted!);
    return {
      code,
      message: `value type ${typeFamily(given!)} doesn't match type ${type} of column "${column}"`,
      hint: 'you will need to rewrite or cast the expression',
    };
  }
  const [, clause, wantedThere, found] = /^argument of (.*) must be type (.*), not type (.*)$/.exec(message) ?? [];
  if (clause === undefined) return undefined;
  const place = BOOLEAN_PLACES.get(clause);
  if (place !== undefined) return { code, message: `incompatible ${place} type: ${typeFamily(found!)}` };
  const rule = `must be type ${typeFamily(wantedThere!)}, not type ${typeFamily(found!)}`;
  return { code, message: `argument of ${clause} ${rule}` };
};

/** The operators that compare: CockroachDB has messages of their own about them. */
const COMPARING = /^(?:[<>]=?|=|!=|(?:NOT )?I?LIKE|!?~\*?|@>|<@|&&|\?[|&]?)$/;
/** What CockroachDB calls PostgreSQL's operators. */
const OPERATOR_NAMES = new Map([
  ['<>', '!='],
  ['~~', 'LIKE'],
  ['~~*', 'ILIKE'],
  ['!~~', 'NOT LIKE'],
  ['!~~*', 'NOT ILIKE'],
  ['@#', '#'],
]);

const NO_FUNCTION = /^function (.*?)\((.*)\) (?:does not exist|is not unique)$/s;
const NO_OPERATOR = /^operator (?:does not exist|is not unique): (?:(\S.*?) )??([-+*/<>=~!@#%^&|`?]+) (\S.*)$/;

/** Rewords the error about a function or an operator that does not exist for these types. */
export const undefinedFunction: ErrorTranslation = ({ message }) => {
  const [, called, types] = NO_FUNCTION.exec(message) ?? [];
  if (called !== undefined) {
    const name = called.replace(/^(?:pg_catalog|crdb)\./, '');
    const argumentTypes = constantTypes(message, types ? types.split(', ') : []);
    if (name === '"if"' || name === 'if') return mixedIf(argumentTypes);
    const list = argumentTypes.map(argumentType).join(', ');
    return { code: SQLSTATE.undefinedFunction, message: `unknown signature: ${name}(${list})`, argumentTypes };
  }
  const [, left, written = '', right = ''] = NO_OPERATOR.exec(message) ?? [];
  if (!written) return undefined;
  const sign = OPERATOR_NAMES.get(written) ?? written;
  const argumentTypes = constantTypes(message, [...(left === undefined ? [] : [left]), right]);
  const [first, second] = argumentTypes.map((type) => `<${argumentType(type)}>`);
  const kind = second === undefined ? 'unary' : COMPARING.test(sign) ? 'comparison' : 'binary';
  const operation = second === undefined ? `${sign} ${first}` : `${first} ${sign} ${second}`;
  return { code: SQLSTATE.invalidParameterValue, message: `unsupported ${kind} operator: ${operation}`, argumentTypes };
};

/** Returns the error about an IF whose condition is no boolean, or whose values are of two types. */
function mixedIf([condition = '', yes = '', no = '']: string[]): ErrorFields {
  const [tested, expected, found] = [condition, yes, no].map(argumentType);
  const message =
    tested === 'bool' || condition === 'unknown'
      ? `incompatible IF expressions: expected type ${expected}, found type ${found}`
      : `incompatible IF condition type: ${tested}`;
  return { code: SQLSTATE.datatypeMismatch, message };
}

/** The types of constants when nothing asks for another, by those that PostgreSQL sees. */
const CONSTANTS = new Map([
  ['unknown', 'text'],
  ['integer', 'bigint'],
  ['numeric', 'numeric'],
]);

/**
 * Returns the types by which CockroachDB judges the arguments: where several forms take these constants, it has them as
 * what they are, as in `'a' + 'b'` or `sqrt(2)`.
 */
function constantTypes(message: string, types: string[]): string[] {
  const isOpen = message.endsWith('is not unique') || message.startsWith('operator is not unique');
  const areConstants = types.every((type) => CONSTANTS.has(type));
  return isOpen && areConstants ? types.map((type) => CONSTANTS.get(type)!) : types;
}

/** Returns CockroachDB's name for the type of an argument; a constant in quotes is a string. */
function argumentType(type: string): string {
  return type === 'unknown' ? 'string' : typeFamily(type);
}

/** Rewords the error about a subscript of what is no array. */
export const unsubscriptable: ErrorTranslation = ({ code, message }) => {
  const [, type] = /^cannot subscript type (.*) because it does not support subscripting$/.exec(message) ?? [];
  return type === undefined
    ? undefined
    : { code, message: `cannot subscript type ${typeFamily(type)} because it is not an array` };
};

/** Rewords the error about a cast that does not exist. */
export const cannotCoerce: ErrorTranslation = ({ code, message }) => {
  const [, from, to] = /^cannot cast type (.*) to (.*)$/.exec(message) ?? [];
  return from === undefined ? undefined : { code, message: `invalid cast: ${typeFamily(from)} -> ${typeFamily(to!)}` };
};

/** Rewords the error about a JSON value that is not of the type to which it is cast. */
export const castOfJson: ErrorTranslation = ({ code, message }) => {
  const [, kind, type] = /^cannot cast jsonb (.*) to type (.*)$/.exec(message) ?? [];
  return type === undefined ? undefined : { code, message: `cannot cast jsonb ${kind} to type ${typeFamily(type)}` };
};

/** Rewords the error about a column that does not exist. */
export const undefinedColumn: ErrorTranslation = ({ code, message }) => {
  const [, column] = /^column "?([\w.$]+)"? (?:of relation ".*" )?does not exist$/.exec(message) ?? [];
  return column === undefined ? undefined : { code, message: `column "${column}" does not exist` };
};

/** Rewords the error about a column that INSERT, UPDATE or CREATE names twice. */
export const duplicateColumn: ErrorTranslation = ({ code, message }, source) => {
  const [, reserved] = /^column name "([cx](?:tid|min|max))" conflicts with a system column name$/.exec(message) ?? [];
  if (reserved !== undefined) return notSupported(`columns with the name ${reserved}`).fields;
  const [, column] = /^column "(.*)" specified more than once$/.exec(message) ?? [];
  if (column !== undefined && /^\s*create\b/i.test(source))
    return { code, message: `duplicate column name: "${column}"` };
  return column === undefined
    ? undefined
    : { code: SQLSTATE.syntaxError, message: `multiple assignments to the same column "${column}"` };
};

/** Rewords the errors about a value for a computed column. */
export const computedColumn: ErrorTranslation = ({ message }) => {
  const [, inserted] = /^cannot insert a non-DEFAULT value into column "(.*)"$/.exec(message) ?? [];
  const [, updated] = /^column "(.*)" can only be updated to DEFAULT$/.exec(message) ?? [];
  const column = inserted ?? updated;
  return column === undefined
    ? undefined
    : {
        code: SQLSTATE.objectNotInPrerequisiteState,
        message: `cannot write directly to computed column "${column}"`,
      };
};

/** Rewords the error about a change to a view. */
export const changeOfView: ErrorTranslation = ({ message }) => {
  const [, view] = /^cannot (?:insert into|update|delete from) view "(.*)"/.exec(message) ?? [];
  return view === undefined ? undefined : { code: SQLSTATE.wrongObjectType, message: `"${view}" is not a table` };
};

/** Rewords the error about a placeholder in a statement that was sent without values. */
export const undefinedParameter: ErrorTranslation = ({ code, message }) => {
  const [, name] = /^there is no parameter (\$\d+)$/.exec(message) ?? [];
  return name === undefined ? undefined : { code, message: `no value provided for placeholder: ${name}` };
};
