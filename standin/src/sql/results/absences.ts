import { casts, entry, types, virtualTables } from '../../catalog/catalog.ts';
import { hasOperator, hasSignature, signaturesOf } from '../../catalog/signatures.ts';
import { isUsersType, typeFamily } from '../../catalog/type-families.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, type ErrorFields } from '../../protocol/statement-error.ts';
import { lex } from '../text/lexer.ts';
import { unimplementedSyntax } from '../text/syntax-error.ts';
import { isWord } from '../text/tokens.ts';
import { hasLargeConstant } from '../text/large-constants.ts';

/** Judges an error that something is absent: returns the error for the client. */
type Judge = (error: ErrorFields, words: string[], source: string) => Promise<ErrorFields>;

/** One for each kind of thing whose absence CockroachDB reports, by the words in which it does. */
const KINDS: [words: RegExp, judge: Judge][] = [
  [/^unknown (?:function|signature): (.*?)\((.*)\)$/s, judgeFunction],
  [/^unsupported (?:binary|comparison) operator: <(.*?)> (.*) <(.*?)>$/, judgeOperator],
  [/^unsupported unary operator: (\S+) ?<(.*?)>$/, judgeUnaryOperator],
  [/^type "(.*)" does not exist$/, judgeType],
  [/^invalid cast: (.*) -> (.*)$/, judgeCast],
  [/^relation "(.*)" does not exist$/, judgeRelation],
  [/^column "(.*)" does not exist$/, judgeColumn],
];

/** The codes of errors that blame the statement for naming what does not exist. */
const BLAMING = new Set<string>([
  SQLSTATE.undefinedFunction,
  SQLSTATE.invalidParameterValue,
  SQLSTATE.undefinedObject,
  SQLSTATE.cannotCoerce,
  SQLSTATE.undefinedTable,
  SQLSTATE.undefinedColumn,
]);

/**
 * Returns an error that blames nobody for what is ours: when something does not exist here and CockroachDB has it, the
 * error becomes a refusal with its name. Any other error is returned unchanged. `source` is the statement.
 *
 *     unknown function: st_area()
 *     unimplemented: the stand-in for CockroachDB does not have the function st_area(geometry)
 */
export async function withoutBlame(error: ErrorFields, source: string): Promise<ErrorFields> {
  if (!BLAMING.has(error.code)) return error;
  for (const [pattern, judge] of KINDS) {
    const words = pattern.exec(error.message);
    if (words) return await judge(withLargeConstants(error, source), words.slice(1), source);
  }
  return error;
}

/**
 * Returns the error with the INT8 arguments of a statement as constants, which can be of other types too, when it holds
 * a constant that PostgreSQL reads as INT8.
 */
function withLargeConstants(error: ErrorFields, source: string): ErrorFields {
  const { argumentTypes } = error;
  if (!argumentTypes?.includes('bigint')) return error;
  return hasLargeConstant(source)
    ? { ...error, argumentTypes: argumentTypes.map((type) => type.replace('bigint', 'integer')) }
    : error;
}

function refusal(construct: string): ErrorFields {
  return notSupported(construct).fields;
}

/** Judges a function; CockroachDB's own of the form `percentile_cont_impl` can only be in an error in its words. */
async function judgeFunction(error: ErrorFields, [written = '', list = '']: string[]): Promise<ErrorFields> {
  const name = written.replace(/^(?:pg_catalog|public|crdb)\./, '');
  const { message, detail, ...rest } = error;
  if (name.endsWith('_impl')) return error;
  if (!(await signaturesOf(name))) return { ...rest, message: `unknown function: ${name}()` };
  const given = error.argumentTypes ?? (list === '' ? [] : list.split(', '));
  if (!(await hasSignature(name, given))) return error;
  return refusal(`the function ${name}(${given.map(typeFamily).join(', ')})`);
}

async function judgeOperator(error: ErrorFields, [left = '', sign = '', right = '']: string[]): Promise<ErrorFields> {
  const has = await hasOperator(sign, error.argumentTypes ?? [left, right]);
  return has ? refusal(`the operator <${left}> ${sign} <${right}>`) : error;
}

async function judgeUnaryOperator(error: ErrorFields, [sign = '', operand = '']: string[]): Promise<ErrorFields> {
  const has = await hasOperator(sign, error.argumentTypes ?? [operand]);
  return has ? refusal(`the operator ${sign} <${operand}>`) : error;
}

/**
 * PostgreSQL's types that CockroachDB parses only to answer `unimplemented`, with the numbers of its issues (its
 * pkg/sql/types, v21.1).
 */
const UNIMPLEMENTED_TYPES = new Map<string, number | undefined>([
  ...'box circle line lseg path point polygon'.split(' ').map((name): [string, number] => [name, 21286]),
  ...'macaddr macaddr8 money pg_lsn txid_snapshot xml'.split(' ').map((name): [string, undefined] => [name, undefined]),
  ['cidr', 18846],
  ['jsonpath', 22513],
  ['tsquery', 7821],
  ['tsvector', 7821],
]);

async function judgeType(error: ErrorFields, [written = '']: string[], source: string): Promise<ErrorFields> {
  const name = written.toLowerCase().replace(/^pg_catalog\.|(?:\[\])+$/g, '');
  if (UNIMPLEMENTED_TYPES.has(name)) {
    const tokens = lex(source);
    const at = tokens.findLastIndex((token) => isWord(token, name));
    return unimplementedSyntax(tokens[at + 1] ?? tokens.at(-1)!, UNIMPLEMENTED_TYPES.get(name)).fields;
  }
  const known = await types();
  return Object.hasOwn(known, name) || Object.hasOwn(known, typeFamily(name)) ? refusal(`the type ${name}`) : error;
}

/** Judges a cast between two of the types whose casts are known, and refuses any other. */
async function judgeCast(error: ErrorFields, [from = '', to = '']: string[]): Promise<ErrorFields> {
  const own = await types();
  // An enumeration can only become a string, and the other way round.
  if ([from, to].some((type) => isUsersType(type) && !Object.hasOwn(own, type))) return error;
  const known = Object.entries(await casts());
  const [, targets] = known.find(([type]) => typeFamily(type) === typeFamily(from)) ?? [];
  const isKnown = targets !== undefined && known.some(([type]) => typeFamily(type) === typeFamily(to));
  if (isKnown && !targets.split(' ').some((target) => typeFamily(target) === typeFamily(to))) return error;
  return refusal(`the cast ${from} -> ${to}`);
}

async function judgeRelation(error: ErrorFields, [written = '']: string[]): Promise<ErrorFields> {
  const name = written.replace(/^crdb\.information_/, 'information_schema.').replace(/^crdb\./, 'pg_catalog.');
  const tables = await virtualTables();
  const schema = name.startsWith('system.public.') ? name.replace('public.', '') : name;
  const found = [schema, `pg_catalog.${schema}`].find((each) => entry(tables, each) !== undefined);
  return found === undefined ? error : refusal(found);
}

/** Judges a column by PostgreSQL's catalogs that the statement names; the other virtual tables have all columns. */
async function judgeColumn(error: ErrorFields, [written = '']: string[], source: string): Promise<ErrorFields> {
  const column = written.split('.').at(-1)!;
  for (const [table, columns] of Object.entries(await virtualTables())) {
    const [schema, name] = table.split('.');
    if (schema === 'crdb_internal' || schema === 'system') continue;
    if (!columns.split(', ').some((each) => each.startsWith(`${column} `))) continue;
    if (new RegExp(`\\b${name}\\b`, 'i').test(source)) return refusal(`the column ${column} of ${table}`);
  }
  return error;
}
