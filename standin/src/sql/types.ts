import type { Edits } from './edits.ts';
import type { Token } from './lexer.ts';
import { isSign, isWord, type Statement } from './statement.ts';

/**
 * CockroachDB's names of types that PostgreSQL lacks, or means something narrower by
 * (cockroachlabs.com/docs/stable/data-types).
 */
const INTEGERS = ['int', 'integer'];
/** Only where a type must stand: they are no keywords, so a column may be called so. */
const IN_PLACE: Record<string, string> = {
  string: 'text',
  bytes: 'bytea',
  blob: 'bytea',
  float: 'float8',
  decimal: 'numeric',
  dec: 'numeric',
  bool: 'bool',
  json: 'jsonb',
  datetime: 'timestamp',
  timestamptz: 'timestamptz',
};

/** Writes types as PostgreSQL calls them, and `:::` (a type annotation) as a cast. */
export function rewriteTypes(statement: Statement, edits: Edits, integer: string): void {
  const { tokens } = statement;
  const defines = isWord(tokens[0], 'create', 'alter', 'prepare');
  if (statement.defines) return rewriteColumnType(tokens, edits);
  for (const [i, token] of tokens.entries()) {
    if (isSign(token, ':::')) edits.replace(token.start, token.end, '::');
    if (token.kind !== 'word' || isSign(tokens[i + 1], '.') || isSign(tokens[i - 1], '.')) continue;
    const before = tokens[i - 1];
    const cast =
      isSign(before, '::') ||
      isSign(before, ':::') ||
      (isWord(before, 'as') && isSign(closes(tokens[i + 1]), ')') && inCast(tokens, i));
    const column =
      defines && (before?.kind === 'word' || before?.kind === 'quoted' || isSign(before, '(') || isSign(before, ','));
    const bounded = isSign(tokens[i + 1], '(');
    const type = INTEGERS.includes(token.value) ? integer : cast || column ? IN_PLACE[token.value] : undefined;
    if (!type || (isWord(before, 'as') && !cast)) continue;
    if (column && !cast && !columnType(tokens, i)) continue;
    edits.replace(token.start, token.end, type === 'text' && bounded ? 'varchar' : type);
  }
}

/** The type of a column's definition, which stands after its name. */
function rewriteColumnType(tokens: Token[], edits: Edits): void {
  const token = tokens[1];
  if (token?.kind !== 'word') return;
  const type = IN_PLACE[token.value];
  if (token.value === 'string' && isSign(tokens[2], '(') && isSign(tokens[4], ')'))
    return edits.replace(token.start, tokens[4]!.end, `crdb."string(${Number.parseInt(tokens[3]!.value, 10)})"`);
  if (type) edits.replace(token.start, token.end, type === 'text' && isSign(tokens[2], '(') ? 'varchar' : type);
}

const closes = (token: Token | undefined): Token | undefined =>
  isSign(token, '[') ? { ...token!, value: ')' } : isSign(token, '(') ? { ...token!, value: ')' } : token;

function inCast(tokens: Token[], at: number): boolean {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    if (isSign(tokens[i], ')')) depth++;
    if (isSign(tokens[i], '(') && depth-- === 0) return isWord(tokens[i - 1], 'cast');
  }
  return false;
}

/** A type follows a column's name, or stands in the parameters of PREPARE; it is never itself the name. */
function columnType(tokens: Token[], at: number): boolean {
  if (isWord(tokens[0], 'prepare')) return true;
  const before = tokens[at - 1];
  if (isSign(before, '(') || isSign(before, ',')) return false;
  const name = isWord(before, 'type') ? 'type' : before?.kind;
  const lead = tokens[at - 2];
  return name === 'type' || isSign(lead, '(') || isSign(lead, ',') || isWord(lead, 'column', 'add', 'exists');
}
