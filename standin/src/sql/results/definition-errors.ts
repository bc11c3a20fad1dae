import { typeFamily } from '../../catalog/type-families.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { lex } from '../text/lexer.ts';
import { isWord } from '../text/tokens.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** Rewords the error about a statement that is not for this kind of object. */
export const wrongObjectType: ErrorTranslation = ({ code, message }) => {
  const [, indexed] = /^cannot create index on relation "(.*)"$/.exec(message) ?? [];
  if (indexed !== undefined) return { code, message: `"${indexed}" is not a table or materialized view` };
  const [, constraint, table] = /^cannot validate constraint "(.*)" of relation "(.*)"$/.exec(message) ?? [];
  if (constraint !== undefined)
    return {
      code,
      message:
        `constraint "${constraint}" of relation "${table}" is not a foreign key, check, or unique without index ` +
        'constraint',
    };
  const [, altered] = /^ALTER action .* cannot be performed on relation "(.*)"$/.exec(message) ?? [];
  const [, changed] = /^cannot change (?:sequence|view|materialized view) "(.*)"$/.exec(message) ?? [];
  const name = altered ?? changed;
  return { code, message: name === undefined ? message : `"${name}" is not a table` };
};

/** Rewords the errors about foreign keys that cannot be: columns of two types, or no unique constraint to refer to. */
export const impossibleForeignKey: ErrorTranslation = ({ code, message, detail = '' }, source) => {
  if (message.startsWith('there is no unique constraint')) return { code, message: message.replaceAll('"', '') };
  const [, from, to, had, wanted] =
    /^Key columns "(.*?)" .* and "(.*?)" .* are of incompatible types: (.*) and (.*)\.$/.exec(detail) ?? [];
  if (from === undefined) return undefined;
  const key = `"${referredTable(source) ?? ''}"."${to}" (${typeFamily(wanted!)})`;
  return { code, message: `type of "${from}" (${typeFamily(had!)}) does not match foreign key ${key}` };
};

/** Returns the table after the first REFERENCES of a statement. */
function referredTable(source: string): string | undefined {
  const tokens = lex(source);
  let at = tokens.findIndex((token) => isWord(token, 'references')) + 1;
  if (at === 0) return undefined;
  while (tokens[at + 1]?.value === '.') at += 2;
  return tokens[at]?.value;
}

/** Rewords the error about a constraint that a table does not have, to be renamed or commented. */
export const unknownConstraint: ErrorTranslation = ({ code, message }) => {
  const [, name, table] = /^constraint "(.*)" for table "(.*)" does not exist$/.exec(message) ?? [];
  return name === undefined
    ? undefined
    : { code, message: `constraint "${name}" of relation "${table}" does not exist` };
};

/** Rewords the error about a column that is used and does not exist. */
export const unknownColumn: ErrorTranslation = ({ code, message }) => {
  const [, column] =
    /^column "(.*)" (?:named in key|referenced in foreign key constraint) does not exist$/.exec(message) ?? [];
  return column === undefined ? undefined : { code, message: `column "${column}" does not exist` };
};

/** Rewords the errors about a column of the primary key that is to allow NULL, and about a view that is replaced. */
export const invalidTableDefinition: ErrorTranslation = ({ code, message }) => {
  const [, view, from, to] = /^cannot change data type of view column "(.*)" from (.*) to (.*)$/.exec(message) ?? [];
  if (view !== undefined)
    return {
      code,
      message: `cannot change type of view column "${view}" from ${typeFamily(from!)} to ${typeFamily(to!)}`,
    };
  const [, column] = /^column "(.*)" is in a primary key$/.exec(message) ?? [];
  return column === undefined ? undefined : { code, message: `column "${column}" is in a primary index` };
};

/** Rewords the error about TRUNCATE of a table that another refers to. */
export const referencedTable: ErrorTranslation = ({ message, detail = '' }) => {
  if (!message.startsWith('cannot truncate a table referenced')) return undefined;
  const [, referring, referred] = /^Table "(.*)" references "(.*)"\.$/.exec(detail) ?? [];
  return {
    code: SQLSTATE.uncategorized,
    message: `"${referred}" is referenced by foreign key from table "${referring}"`,
  };
};

/** Rewords the error about the owner that a new or altered object is to have. */
export const unknownOwner: ErrorTranslation = ({ code, message }, source) => {
  const [, role] = /^role "(.*)" does not exist$/s.exec(message) ?? [];
  if (role === undefined || !/^\s*(create|alter)\b/i.test(source)) return undefined;
  return { code, message: `role/user "${role}" does not exist` };
};
