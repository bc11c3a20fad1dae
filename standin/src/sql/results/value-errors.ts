import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** CockroachDB's names of types in messages about values, by PostgreSQL's. */
const TYPE_NAMES = new Map([
  ['bigint', 'int'],
  ['integer', 'int'],
  ['smallint', 'int'],
  ['numeric', 'decimal'],
  ['double precision', 'float'],
  ['real', 'float'],
  ['boolean', 'bool'],
  ['text', 'string'],
]);

function typeName(type: string): string {
  return TYPE_NAMES.get(type) ?? type;
}

/** Rewords the error about a text that is not a value of its type. */
export const invalidText: ErrorTranslation = ({ code, message }) => {
  const [, type, value] = /^invalid input syntax for type ([\w ]+?)(?:\[\])?: "([\s\S]*)"$/.exec(message) ?? [];
  if (type === undefined) return undefined;
  const name = typeName(type);
  const reasons: Record<string, string> = {
    int: `: strconv.ParseInt: parsing "${value}": invalid syntax`,
    uuid: `: uuid: incorrect UUID length: ${value}`,
  };
  return { code, message: `could not parse "${value}" as type ${name}${reasons[name] ?? ''}` };
};

/** Rewords the error about a value of the wrong type for its column, or a condition that is not a boolean. */
export const datatypeMismatch: ErrorTranslation = ({ code, message }) => {
  const [, column, wanted, given] =
    /^column "(.*)" is of type (.*) but expression is of type (.*)$/.exec(message) ?? [];
  if (column !== undefined)
    return {
      code,
      message: `value type ${typeName(given!)} doesn't match type ${typeName(wanted!)} of column "${column}"`,
      hint: 'you will need to rewrite or cast the expression',
    };
  const [, clause, type] = /^argument of (.*) must be type boolean, not type (.*)$/.exec(message) ?? [];
  return clause === undefined
    ? undefined
    : { code, message: `argument of ${clause} must be type bool, not type ${typeName(type!)}` };
};

/** Rewords the error about a function that does not exist. */
export const undefinedFunction: ErrorTranslation = ({ code, message }) => {
  const [, called, types] = /^function (.*?)\((.*)\) does not exist$/s.exec(message) ?? [];
  if (called === undefined) return undefined;
  const name = called.replace('pg_catalog.', '').replace('crdb.', '');
  return {
    code,
    message: `unknown function: ${name}()`,
    ...(types && { detail: `for arguments of the types ${types}` }),
  };
};

/** Rewords the error about a column that does not exist. */
export const undefinedColumn: ErrorTranslation = ({ code, message }) => {
  const [, column] = /^column "?([\w.$]+)"? (?:of relation ".*" )?does not exist$/.exec(message) ?? [];
  return column === undefined ? undefined : { code, message: `column "${column}" does not exist` };
};

/** Rewords the error about a column that INSERT or UPDATE names twice. */
export const duplicateColumn: ErrorTranslation = ({ message }) => {
  const [, column] = /^column "(.*)" specified more than once$/.exec(message) ?? [];
  return column === undefined
    ? undefined
    : { code: SQLSTATE.syntaxError, message: `multiple assignments to the same column "${column}"` };
};

/** Rewords the error about a change to a view. */
export const changeOfView: ErrorTranslation = ({ message }) => {
  const [, view] = /^cannot (?:insert into|update|delete from) view "(.*)"/.exec(message) ?? [];
  return view === undefined ? undefined : { code: SQLSTATE.wrongObjectType, message: `"${view}" is not a table` };
};

/** Rewords the error about a placeholder whose type cannot be inferred. */
export const undefinedParameter: ErrorTranslation = () => ({
  code: SQLSTATE.indeterminateDatatype,
  message: 'could not determine data type of placeholder $1',
  hint: 'consider adding explicit type casts to the placeholder arguments',
});
