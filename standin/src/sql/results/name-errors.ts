import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorFields } from '../../protocol/statement-error.ts';
import { lex } from '../text/lexer.ts';
import { syntaxError } from '../text/syntax-error.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { cannotCreate } from '../translation/relation.ts';
import type { PostgresError } from './postgres-error.ts';

/** A qualified name in a statement, and the token after it. */
interface Written {
  path: string[];
  after: Token | undefined;
}

/** Rewords an error that names a relation: CockroachDB repeats the name as the statement has it. */
export function undefinedTable({ code, message }: PostgresError, source: string): ErrorFields | undefined {
  const [, name] = /^relation "(.*\..*)" does not exist$/s.exec(message) ?? [];
  const last = name?.split('.').at(-1);
  const written = name === undefined ? undefined : qualifiedNames(source).find(({ path }) => path.at(-1) === last);
  return written && { code, message: `relation "${written.path.join('.')}" does not exist` };
}

/** Rewords PostgreSQL's refusal of a name that begins with another database: here there is none of that name. */
export function otherDatabase({ message }: PostgresError, source: string): ErrorFields | undefined {
  const [, name] = /^cross-database references are not implemented: "?(.*?)"?$/s.exec(message) ?? [];
  if (name === undefined) return undefined;
  return missing(source, name.replaceAll('"', '').split('.'));
}

/** Rewords the error about a name with more than three parts: in CockroachDB it is a syntax error at its end. */
export function tooManyParts({ message }: PostgresError, source: string): ErrorFields | undefined {
  if (!message.startsWith('improper qualified name')) return undefined;
  const written = qualifiedNames(source).find(({ path }) => path.length > 3);
  return written?.after && syntaxError({ source }, written.after).fields;
}

/** Rewords the error about a schema that does not exist: CockroachDB names what it should have contained. */
export function undefinedSchema({ code, message }: PostgresError, source: string): ErrorFields | undefined {
  const [, schema] = /^schema "(.*)" does not exist$/s.exec(message) ?? [];
  if (schema === undefined) return undefined;
  const written = qualifiedNames(source).find(({ path }) => path.at(-2) === schema);
  if (!written) return { code, message: `unknown schema "${schema}"` };
  const tokens = lex(source);
  if (isSign(written.after, '(') && !isWord(tokens[0], 'create', 'insert', 'upsert'))
    return { code: SQLSTATE.undefinedFunction, message: `unknown function: ${written.path.join('.')}()` };
  return missing(source, written.path);
}

/** Returns the error about an object whose database or schema does not exist. */
function missing(source: string, path: string[]): ErrorFields {
  const tokens = lex(source);
  const name = path.join('.');
  const isNew = isWord(tokens[0], 'create') && !tokens.slice(1, 4).some((token) => isWord(token, 'index'));
  const [first] = qualifiedNames(source);
  return isNew && first?.path.join('.') === name
    ? cannotCreate(path).fields
    : { code: SQLSTATE.undefinedTable, message: `relation "${name}" does not exist` };
}

/** Returns the names with dots in a statement, in order. */
function qualifiedNames(source: string): Written[] {
  const tokens = lex(source);
  const names: Written[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!isName(tokens[i]) || !isSign(tokens[i + 1], '.')) continue;
    const path = [tokens[i]!.value];
    for (; isSign(tokens[i + 1], '.') && isName(tokens[i + 2]); i += 2) path.push(tokens[i + 2]!.value);
    if (path.length > 1) names.push({ path, after: tokens[i + 1] });
  }
  return names;
}
