import { bracketDepths, closingBracket } from '../text/brackets.ts';
import type { Statement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';
import { readType } from './expressions/parse-type.ts';

/** A family that a column's definition names: `CREATE IF NOT EXISTS FAMILY f`. */
interface ColumnFamily {
  name: string | undefined;
  creates: boolean;
  mayExist: boolean;
  /** The indexes of its first token and of the one after it. */
  from: number;
  to: number;
}

/** A check of a column, with the indexes of its first token and of the one after it. */
interface ColumnCheck {
  condition: Token[];
  from: number;
  to: number;
}

/** What CREATE TABLE or ADD COLUMN says about a column, in addition to what PostgreSQL says the same way. */
export interface ColumnParts {
  name: string;
  /** As SHOW prints it. */
  type: string | undefined;
  default: Token[] | undefined;
  /** The expression of a computed column. */
  computed: Token[] | undefined;
  isVirtual: boolean;
  /** Whether it is NOT VISIBLE. */
  isHidden: boolean;
  checks: ColumnCheck[];
  family: ColumnFamily | undefined;
  /** The indexes of USING and of the token after HASH WITH BUCKET_COUNT = n. */
  hash: { from: number; to: number; buckets: number } | undefined;
}

/** Words that begin the next part of a column's definition, and end a default. */
const PART_WORDS = `constraint not null primary unique check references family create as generated default on collate
  using`.split(/\s+/);

/** Reads the definition of a column: its name, its type and what follows. */
export function readColumnParts({ tokens }: Statement): ColumnParts {
  const depths = bracketDepths(tokens);
  const parts: ColumnParts = {
    name: tokens[0]?.value ?? '',
    type: readType(tokens, 1)?.type ?? userType(tokens),
    default: undefined,
    computed: undefined,
    isVirtual: false,
    isHidden: false,
    checks: [],
    family: undefined,
    hash: undefined,
  };
  const end = tokens.length - 1;
  for (let i = 1; i < end; i++) {
    if (depths[i]! > 0) continue;
    const token = tokens[i];
    const inBrackets = (): Token[] => tokens.slice(i + 2, closingBracket(tokens, i + 1));
    const isNamed = isWord(tokens[i - 2], 'constraint');
    if (isWord(token, 'default')) {
      const next = tokens.findIndex((each, at) => at > i + 1 && depths[at] === 0 && isWord(each, ...PART_WORDS));
      parts.default = tokens.slice(i + 1, next < 0 ? end : next);
      i += parts.default.length;
    } else if (isWord(token, 'check') && isSign(tokens[i + 1], '(')) {
      const condition = inBrackets();
      parts.checks.push({ condition, from: isNamed ? i - 2 : i, to: i + condition.length + 3 });
    } else if (isWord(token, 'as') && isSign(tokens[i + 1], '(')) parts.computed = inBrackets();
    else if (isWord(token, 'virtual')) parts.isVirtual = true;
    else if (isWord(token, 'visible') && isWord(tokens[i - 1], 'not')) parts.isHidden = true;
    else if (isWord(token, 'family', 'create')) {
      parts.family = readFamily(tokens, i);
      i = parts.family.to - 1;
    } else if (isWord(token, 'using')) parts.hash = readBuckets(tokens, i);
  }
  return parts;
}

/** A type of the database's own, with its schema: `public.status`. */
function userType(tokens: readonly Token[]): string | undefined {
  const [, schema, dot, name] = tokens;
  if (!isName(schema)) return undefined;
  return isSign(dot, '.') && isName(name) ? `${schema.value}.${name.value}` : `public.${schema.value}`;
}

function readFamily(tokens: readonly Token[], from: number): ColumnFamily {
  const creates = isWord(tokens[from], 'create');
  const mayExist = isWord(tokens[from + 1], 'if');
  const at = from + (creates ? 1 : 0) + (mayExist ? 3 : 0) + 1;
  const name = tokens[at];
  const isNamed = isName(name) && !(name.kind === 'word' && PART_WORDS.includes(name.value));
  const family = { creates, mayExist, from };
  return isNamed ? { ...family, name: name.value, to: at + 1 } : { ...family, name: undefined, to: at };
}

/** Reads `USING HASH WITH BUCKET_COUNT = n` at token `from`; undefined when something else is there. */
export function readBuckets(tokens: readonly Token[], from: number): ColumnParts['hash'] {
  const words = ['using', 'hash', 'with', 'bucket_count'];
  if (!words.every((word, i) => isWord(tokens[from + i], word)) || !isSign(tokens[from + 4], '=')) return undefined;
  const sign = isSign(tokens[from + 5], '-') ? 1 : 0;
  const buckets = Number(tokens[from + 5 + sign]?.value);
  return { from, to: from + 6 + sign, buckets: sign ? -buckets : buckets };
}
