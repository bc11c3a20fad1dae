import type { Problem } from '../problem.ts';
import { caret, lex } from './lexer.ts';
import { retryText } from './retry-text.ts';

type Seen = Problem & { position?: number; table?: string; column?: string };
type Told = Pick<Problem, 'code' | 'message'> & Partial<Problem>;

const RETRY_HINT = 'See: https://www.cockroachlabs.com/docs/v25.2/transaction-retry-error-reference.html';

/** PostgreSQL's words for a type, as CockroachDB calls it in messages about values. */
const TYPES: Record<string, string> = { bigint: 'int', integer: 'int', smallint: 'int', numeric: 'decimal', 'double precision': 'float', real: 'float', boolean: 'bool', text: 'string' };

/** PostgreSQL's problem in CockroachDB's words. `position` counts characters of `source` from 1. */
export function translateProblem(seen: Seen, source: string): Problem {
  const plain: Problem = { code: seen.code, message: seen.message, detail: seen.detail, hint: seen.hint, constraint: seen.constraint };
  const told = CODES[seen.code]?.(seen, source);
  if (!told) return plain;
  return { ...plain, detail: undefined, hint: undefined, ...told };
}

const retry = (): Told => ({ code: '40001', message: retryText(), hint: RETRY_HINT });
const primary = (name: string | undefined): string => (name?.endsWith('_pkey') ? 'primary' : (name ?? ''));

const CODES: Record<string, ((seen: Seen, source: string) => Told | undefined) | undefined> = {
  '40001': (seen) => (seen.message.startsWith('restart transaction') ? { code: '40001', message: seen.message, hint: RETRY_HINT } : retry()),
  '40P01': retry,
  '42601': (seen, source) => syntax(seen, source),
  '23505': (seen) => ({ code: '23505', message: `duplicate key value violates unique constraint "${primary(seen.constraint)}"`, detail: seen.detail, constraint: primary(seen.constraint) }),
  '23502': (seen) => ({ code: '23502', message: `null value in column "${seen.column ?? ''}" violates not-null constraint` }),
  '22P02': (seen) => unparsable(seen),
  '55P03': (seen) => (seen.message.includes('NOWAIT') || seen.message.includes('could not obtain') ? undefined : { code: '57014', message: 'query execution canceled due to statement timeout' }),
  '57014': () => ({ code: '57014', message: 'query execution canceled due to statement timeout' }),
};

function syntax(seen: Seen, source: string): Told {
  if (!/^syntax error/.test(seen.message) || seen.position === undefined) return { code: '42601', message: seen.message };
  const position = [...source].slice(0, seen.position - 1).join('').length;
  const token = lex(source).find(({ end }) => end > position) ?? { start: source.length, value: 'EOF', kind: 'end' };
  const near = /at end of input/.test(seen.message) || token.kind === 'end' ? 'EOF' : token.kind === 'string' ? token.value.slice(1, -1) : token.value;
  const at = near === 'EOF' ? source.length : token.start;
  return { code: '42601', message: `at or near "${near}": syntax error`, detail: `source SQL:\n${caret(source, at)}` };
}

function unparsable(seen: Seen): Told | undefined {
  const [, type, value] = /^invalid input syntax for type ([\w ]+?)(?:\[\])?: "([\s\S]*)"$/.exec(seen.message) ?? [];
  if (type === undefined) return undefined;
  const name = TYPES[type] ?? type;
  const reason = name === 'int' ? `: strconv.ParseInt: parsing "${value}": invalid syntax` : name === 'uuid' ? `: uuid: incorrect UUID length: ${value}` : '';
  return { code: '22P02', message: `could not parse "${value}" as type ${name}${reason}` };
}
