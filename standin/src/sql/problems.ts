import { DOCS_VERSION } from '../identity/claimed-version.ts';
import type { Problem } from '../protocol/problem.ts';
import { caret, lex } from './lexer.ts';
import { retryText } from './retry-text.ts';

type Seen = Problem & { position?: number; table?: string; column?: string };
type Told = Pick<Problem, 'code' | 'message'> & Partial<Problem>;

const RETRY_HINT = `See: https://www.cockroachlabs.com/docs/${DOCS_VERSION}/transaction-retry-error-reference.html`;

/** PostgreSQL's words for a type, as CockroachDB calls it in messages about values. */
const TYPES: Record<string, string> = {
  bigint: 'int',
  integer: 'int',
  smallint: 'int',
  numeric: 'decimal',
  'double precision': 'float',
  real: 'float',
  boolean: 'bool',
  text: 'string',
};

/**
 * PostgreSQL's problem in CockroachDB's words. `position` counts from 1 in `source`, in units of JavaScript's strings.
 */
export function translateProblem(seen: Seen, source: string): Problem {
  const plain: Problem = {
    code: seen.code,
    message: seen.message,
    detail: seen.detail,
    hint: seen.hint,
    constraint: seen.constraint,
  };
  const told = CODES[seen.code]?.(seen, source);
  if (!told) return plain;
  return { ...plain, detail: undefined, hint: undefined, ...told };
}

const retry = (seen: Seen): Told => ({
  code: '40001',
  message: retryText(/read\/write dependencies/.test(seen.message)),
  hint: RETRY_HINT,
});
const primary = (name: string | undefined): string => (name?.endsWith('_pkey') ? 'primary' : (name ?? ''));

const CODES: Record<string, ((seen: Seen, source: string) => Told | undefined) | undefined> = {
  '40001': (seen) =>
    seen.message.startsWith('restart transaction')
      ? { code: '40001', message: seen.message, hint: RETRY_HINT }
      : retry(seen),
  '40P01': retry,
  '42601': (seen, source) => syntax(seen, source),
  '23505': (seen) => ({
    code: '23505',
    message: `duplicate key value violates unique constraint "${primary(seen.constraint)}"`,
    detail: seen.detail,
    constraint: primary(seen.constraint),
  }),
  '23502': (seen) => ({
    code: '23502',
    message: `null value in column "${seen.column ?? ''}" violates not-null constraint`,
  }),
  '22P02': (seen) => unparsable(seen),
  XX000: (seen) =>
    seen.message.startsWith('[XXUUU]') ? { code: 'XXUUU', message: seen.message.slice('[XXUUU]'.length) } : undefined,
  '21000': (seen) =>
    seen.message.startsWith('ON CONFLICT DO UPDATE')
      ? { code: '21000', message: 'UPSERT or INSERT...ON CONFLICT command cannot affect row a second time' }
      : undefined,
  '42883': (seen) => unknownFunction(seen),
  '23514': (seen) => checkFailed(seen),
  '23503': (seen) => foreignKey(seen),
  '2BP01': (seen) => dependents(seen),
  '42804': (seen) => mismatch(seen),
  '42701': (seen) => {
    const m = /^column "(.*)" specified more than once$/.exec(seen.message);
    return m ? { code: '42601', message: `multiple assignments to the same column "${m[1]}"` } : undefined;
  },
  '42703': (seen) => {
    const m = /^column "?([\w.$]+)"? (?:of relation ".*" )?does not exist$/.exec(seen.message);
    return m ? { code: '42703', message: `column "${m[1]}" does not exist` } : undefined;
  },
  '42P02': () => ({
    code: '42P18',
    message: 'could not determine data type of placeholder $1',
    hint: 'consider adding explicit type casts to the placeholder arguments',
  }),
  '55000': (seen) => {
    const m = /^cannot (?:insert into|update|delete from) view "(.*)"/.exec(seen.message);
    return m ? { code: '42809', message: `"${m[1]}" is not a table` } : undefined;
  },
  '55P03': (seen) =>
    seen.message.includes('NOWAIT') || seen.message.includes('could not obtain')
      ? undefined
      : { code: '57014', message: 'query execution canceled due to statement timeout' },
  '57014': (seen) => ({
    code: '57014',
    message: seen.message.includes('user request')
      ? 'query execution canceled'
      : 'query execution canceled due to statement timeout',
  }),
};

function syntax(seen: Seen, source: string): Told {
  if (!/^syntax error/.test(seen.message) || seen.position === undefined)
    return { code: '42601', message: seen.message };
  const token = lex(source).find(({ end }) => end >= seen.position!) ?? {
    start: source.length,
    value: 'EOF',
    kind: 'end',
  };
  const near =
    /at end of input/.test(seen.message) || token.kind === 'end'
      ? 'EOF'
      : token.kind === 'string'
        ? token.value.slice(1, -1)
        : token.value;
  const at = near === 'EOF' ? source.length : token.start;
  return { code: '42601', message: `at or near "${near}": syntax error`, detail: `source SQL:\n${caret(source, at)}` };
}

function unparsable(seen: Seen): Told | undefined {
  const [, type, value] = /^invalid input syntax for type ([\w ]+?)(?:\[\])?: "([\s\S]*)"$/.exec(seen.message) ?? [];
  if (type === undefined) return undefined;
  const name = TYPES[type] ?? type;
  const reason =
    name === 'int'
      ? `: strconv.ParseInt: parsing "${value}": invalid syntax`
      : name === 'uuid'
        ? `: uuid: incorrect UUID length: ${value}`
        : '';
  return { code: '22P02', message: `could not parse "${value}" as type ${name}${reason}` };
}

const CANONICAL: Record<string, string> = { 'pg_catalog.': '', 'crdb.': '' };

function unknownFunction(seen: Seen): Told | undefined {
  const [, called, types] = /^function (.*?)\((.*)\) does not exist$/s.exec(seen.message) ?? [];
  if (called === undefined) return undefined;
  const name = Object.keys(CANONICAL).reduce((text, prefix) => text.replace(prefix, ''), called);
  return {
    code: '42883',
    message: `unknown function: ${name}()`,
    ...(types && { detail: `for arguments of the types ${types}` }),
  };
}

function checkFailed(seen: Seen): Told | undefined {
  const size = /^value for domain crdb\."(string\(\d+\))"/.exec(seen.message);
  if (size) return { code: '22001', message: `value too long for type ${size[1]!.toUpperCase()}` };
  const row = /^check constraint "(.*)" of relation "(.*)" is violated by some row$/.exec(seen.message);
  if (row) return { code: '23514', message: `validation of CHECK "${row[1]}" failed on row` };
  const check = /violates check constraint "(.*)"$/.exec(seen.message);
  return check
    ? { code: '23514', message: `failed to satisfy CHECK constraint (${check[1]})`, constraint: seen.constraint }
    : undefined;
}

function foreignKey(seen: Seen): Told | undefined {
  const own = /^insert or update on table "(.*)" violates foreign key constraint "(.*)"$/.exec(seen.message);
  if (own)
    return {
      code: '23503',
      message: `insert on table "${own[1]}" violates foreign key constraint "${own[2]}"`,
      detail: seen.detail,
      constraint: seen.constraint,
    };
  const other =
    /^update or delete on table "(.*)" violates (?:RESTRICT setting of )?foreign key constraint "(.*)" on table "(.*)"$/.exec(
      seen.message,
    );
  return other
    ? {
        code: '23503',
        message: `delete on table "${other[1]}" violates foreign key constraint "${other[2]}" on table "${other[3]}"`,
        detail: seen.detail,
        constraint: seen.constraint,
      }
    : undefined;
}

/** What stands in the way of a DROP: PostgreSQL tells it in the detail. */
function dependents(seen: Seen): Told | undefined {
  const foreign = /constraint \S+ on table (\S+) depends on table (\S+)/.exec(seen.detail ?? '');
  if (foreign)
    return { code: 'XXUUU', message: `"${foreign[2]}" is referenced by foreign key from table "${foreign[1]}"` };
  const view = /view (\S+) depends on (table|column (\S+) of table) (\S+)/.exec(seen.detail ?? '');
  if (view)
    return {
      code: '2BP01',
      message: `cannot drop ${view[3] ? 'column' : 'relation'} "${view[3] ?? view[4]}" because view "${view[1]}" depends on it`,
      hint: `you can drop ${view[1]} instead.`,
    };
  const schema = /^cannot drop schema (\S+) because/.exec(seen.message);
  return schema
    ? { code: '2BP01', message: `schema "${schema[1]}" is not empty and CASCADE was not specified` }
    : undefined;
}

function mismatch(seen: Seen): Told | undefined {
  const name = (type: string): string => TYPES[type] ?? type;
  const column = /^column "(.*)" is of type (.*) but expression is of type (.*)$/.exec(seen.message);
  if (column)
    return {
      code: '42804',
      message: `value type ${name(column[3]!)} doesn't match type ${name(column[2]!)} of column "${column[1]}"`,
      hint: 'you will need to rewrite or cast the expression',
    };
  const where = /^argument of (.*) must be type boolean, not type (.*)$/.exec(seen.message);
  return where
    ? { code: '42804', message: `argument of ${where[1]} must be type bool, not type ${name(where[2]!)}` }
    : undefined;
}
