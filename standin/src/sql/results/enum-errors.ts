import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { lex } from '../text/lexer.ts';
import { isWord } from '../text/tokens.ts';
import type { ErrorTranslation } from './postgres-error.ts';

/** Rewords the errors about the values of an ENUM. */
export const enumValue: ErrorTranslation = ({ code, message, detail = '', constraint }, source) => {
  const renames = lex(source).some((token) => isWord(token, 'rename'));
  const [, taken] = /^enum label "(.*)" already exists$/s.exec(message) ?? [];
  if (taken !== undefined)
    return { code, message: renames ? `enum value ${taken} already exists` : `enum value "${taken}" already exists` };
  const [, missing] = /^"(.*)" is not an existing enum label$/s.exec(message) ?? [];
  if (missing !== undefined)
    return { code, message: `${renames ? missing : `"${missing}"`} is not an existing enum value` };
  const [, unsafe] = /^unsafe use of new value "(.*)" of enum type /s.exec(message) ?? [];
  if (unsafe !== undefined)
    return { code: SQLSTATE.uncategorized, message: `enum value "${unsafe}" is not yet public` };
  if (constraint !== 'pg_enum_typid_label_index') return undefined;
  const [, twice] = /^Key \(enumtypid, enumlabel\)=\(\d+, (.*)\) already exists\.$/s.exec(detail) ?? [];
  return { code: SQLSTATE.invalidObjectDefinition, message: `enum definition contains duplicate value "${twice}"` };
};

/** Rewords the error about a type that columns and views still have; their names lack the database. */
export const typeInUse: ErrorTranslation = ({ code, message, detail = '' }) => {
  const [, array] = /^cannot drop type (\S+)\[\] because type \S+ requires it$/.exec(message) ?? [];
  if (array !== undefined) return { code, message: `"_${array}" is an implicit array type and cannot be modified` };
  const [, type] = /^cannot drop type (\S+) because other objects depend on it$/.exec(message) ?? [];
  if (type === undefined) return undefined;
  const users = [...detail.matchAll(/(?:table|view) (\S+?)(?: depends on|$)/gm)].map(([, name]) => name!);
  const list = [...new Set(users)].map((name) => (name.includes('.') ? name : `public.${name}`)).join(' ');
  return { code, message: `cannot drop type "${type}" because other objects ([${list}]) still depend on it` };
};
