import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { rewriteForPostgres } from '../rewriting/rewrite.ts';
import { quoteText } from '../text/quoting.ts';
import { substatement, type Statement } from '../text/statement.ts';
import { isSign, isWord, type Token } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import {
  asOfError,
  checkTime,
  readDecimal,
  readDuration,
  shifted,
  systemTimeNow,
  timestampOf,
  type SystemTime,
} from '../time-travel/system-time.ts';

const FOLLOWER_READ = ['follower_read_timestamp', 'experimental_follower_read_timestamp'];
/** How old a read is that any replica may answer. */
const FOLLOWER_READ_LAG = -4_800_000_000n;
/** Words of constants and casts. */
const CONSTANT_WORDS =
  `interval timestamp timestamptz decimal numeric dec int int8 int4 integer bigint string text float year month day
  hour minute second to true false null cast as with without time zone date and or not collate`.split(/\s+/);

/**
 * Returns the time that AS OF SYSTEM TIME names (cockroachlabs.com/docs/stable/as-of-system-time#parameters): a string,
 * a number, a timestamp, an interval, or `follower_read_timestamp()`. Throws StatementError.
 */
export async function evaluateTime(when: Statement, context: Context): Promise<SystemTime> {
  const now = systemTimeNow();
  const time = await evaluate(when, context, now);
  checkTime(time);
  return time;
}

async function evaluate(when: Statement, context: Context, now: SystemTime): Promise<SystemTime> {
  const { tokens } = when;
  const [first, second, third] = tokens;
  if (!first || first.kind === 'end') throw new StatementError(SQLSTATE.syntaxError, 'at or near "EOF": syntax error');
  if (isWord(first, ...FOLLOWER_READ) && isSign(second, '(')) {
    if (!isSign(third, ')')) throw wrongArguments(first);
    return { nanoseconds: now.nanoseconds + FOLLOWER_READ_LAG, logical: 0 };
  }
  checkConstant(tokens);
  if (tokens.length === 2 && first.kind === 'string') {
    const text = first.value.slice(1, -1).replaceAll("''", "'");
    const time = readText(text, now);
    return time ?? (await readByPostgres(quoteText(text), context, now));
  }
  if (tokens.length === 2 && first.kind === 'number') {
    const time = readDecimal(first.value);
    if (time) return time;
  }
  const interval = isWord(first, 'interval') && second?.kind === 'string' && tokens.length === 3 ? second : undefined;
  const duration = interval && readDuration(interval.value.slice(1, -1));
  if (interval && duration !== undefined) return shifted(now, duration, interval.value.slice(1, -1));
  const inner = substatement(when, 0, tokens.length - 1);
  return await readByPostgres(rewriteForPostgres(inner, context).apply(), context, now);
}

function readText(text: string, now: SystemTime): SystemTime | undefined {
  const decimal = readDecimal(text);
  if (decimal) return decimal;
  const duration = readDuration(text);
  return duration === undefined ? undefined : shifted(now, duration, text);
}

/** Throws StatementError for an expression that CockroachDB cannot know before the statement runs. */
function checkConstant(tokens: Token[]): void {
  for (const [i, token] of tokens.entries()) {
    if (isWord(token, 'select', 'exists') && isSign(tokens[i - 1] ?? token, '('))
      throw new StatementError(SQLSTATE.featureNotSupported, 'subqueries are not allowed in AS OF SYSTEM TIME');
    const isCall = token.kind === 'word' && !CONSTANT_WORDS.includes(token.value) && isSign(tokens[i + 1], '(');
    const isTime = isWord(token, 'current_timestamp', 'current_date', 'localtimestamp', 'current_time', 'localtime');
    if (token.kind === 'placeholder' || isTime || (isCall && !isCast(tokens, i)))
      throw asOfError('only constant expressions or follower_read_timestamp are allowed');
    const isName = token.kind === 'quoted' || (token.kind === 'word' && !CONSTANT_WORDS.includes(token.value));
    if (isName && !isCast(tokens, i))
      throw new StatementError(SQLSTATE.undefinedColumn, `column "${token.value}" does not exist`);
  }
}

function isCast(tokens: Token[], at: number): boolean {
  return isSign(tokens[at - 1], '::') || isSign(tokens[at - 1], ':::') || isWord(tokens[at - 1], 'as');
}

function wrongArguments(name: Token): StatementError {
  const message = `unknown signature: ${name.value}(string) (desired <timestamptz>)`;
  return new StatementError(SQLSTATE.undefinedFunction, message);
}

/** Has PostgreSQL evaluate an expression that needs its parser: a timestamp, or an interval in words. */
async function readByPostgres(expression: string, context: Context, now: SystemTime): Promise<SystemTime> {
  const [[type = '', text] = []] = await context.query(
    `SELECT pg_catalog.pg_typeof(x), x::pg_catalog.text
    FROM (SELECT ${expression}) AS constant (x)`,
  );
  if (typeof text !== 'string') throw asOfError('value is neither timestamp, decimal, nor interval');
  if (type === 'numeric' || type === 'bigint' || type === 'integer') return readDecimal(text) ?? now;
  const isText = type === 'text' || type === 'unknown';
  const own = isText ? readText(text, now) : undefined;
  if (own) return own;
  if (/^timestamp|^date/.test(type ?? '') || (isText && /^\s*\d{4,}-\d/.test(text))) {
    const nanoseconds = await nanosecondsOf(`${quoteText(text)}::pg_catalog.timestamptz`, context);
    if (nanoseconds !== undefined) return { nanoseconds, logical: 0 };
  } else if (isText || type === 'interval') {
    const start = `${quoteText(timestampOf(now))}::pg_catalog.timestamptz`;
    const after = await nanosecondsOf(`${start} + ${quoteText(text)}::pg_catalog.interval`, context);
    if (after !== undefined) return shifted(now, after - now.nanoseconds, text);
  } else throw asOfError(`expected timestamp, decimal, or interval, got ${type}`);
  throw asOfError('value is neither timestamp, decimal, nor interval');
}

/** Returns a timestamp in nanoseconds since 1970; undefined when PostgreSQL cannot read it. */
async function nanosecondsOf(timestamp: string, context: Context): Promise<bigint | undefined> {
  try {
    const [[microseconds] = []] = await context.query(
      `SELECT (extract(epoch FROM ${timestamp}) * 1000000)::pg_catalog.int8`,
    );
    return microseconds === null || microseconds === undefined ? undefined : BigInt(microseconds) * 1000n;
  } catch (error) {
    if (error instanceof StatementError) return undefined;
    throw error;
  }
}
