import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { quoteName } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isWord, type Token } from '../text/tokens.ts';
import { mentions } from '../text/mentions.ts';

/** PostgreSQL's own collations, which are not locales. */
const NOT_LOCALES = ['default', 'c', 'posix'];

/**
 * Replaces locales by PostgreSQL's collations of ICU (cockroachlabs.com/docs/stable/collate). Throws StatementError
 * (syntaxError) for what is no locale, and refuses extensions, which need collations that PostgreSQL does not have.
 *
 *     SELECT a COLLATE de, b COLLATE "en_US" FROM t
 *     SELECT a COLLATE "de-x-icu", b COLLATE "en-US-x-icu" FROM t
 */
export function rewriteCollations({ tokens, translated }: Statement, edits: TextEdits): void {
  if (translated || !mentions(tokens, 'collate')) return;
  for (const [i, token] of tokens.entries()) {
    const locale = tokens[i + 1];
    if (!isWord(token, 'collate') || !isName(locale) || NOT_LOCALES.includes(locale.value.toLowerCase())) continue;
    const canonical = canonicalLocale(locale.value);
    edits.replace(locale.start, locale.end, quoteName(`${canonical}-x-icu`));
    checkComparison(tokens, i + 2, canonical);
  }
}

const COMPARISONS = ['=', '<>', '!=', '<', '<=', '>', '>='];

/**
 * Throws StatementError (invalidParameterValue) when the sign at token `at` compares a string of this locale with a
 * constant of another, or of none. PostgreSQL would give the constant the same locale.
 */
function checkComparison(tokens: readonly Token[], at: number, locale: string): void {
  const [sign, constant, collate, other] = tokens.slice(at, at + 4);
  if (sign?.kind !== 'sign' || !COMPARISONS.includes(sign.value) || constant?.kind !== 'string') return;
  const isCollated = isWord(collate, 'collate') && isName(other);
  const second = isCollated ? canonicalLocale(other.value) : undefined;
  const isFollowed = !isCollated && collate?.kind === 'sign' && !CLOSING.includes(collate.value);
  if (second === locale || isFollowed) return;
  const type = (tag: string): string => `<collatedstring{${tag.replaceAll('-', '_')}}>`;
  const operator = sign.value === '<>' ? '!=' : sign.value;
  throw new StatementError(
    SQLSTATE.invalidParameterValue,
    `unsupported comparison operator: ${type(locale)} ${operator} ${second === undefined ? '<string>' : type(second)}`,
  );
}

const CLOSING = [')', ']', ','];

/** Returns a locale with hyphens and in its usual case: `en-US` for `en_us`. */
function canonicalLocale(name: string): string {
  const tag = name.replaceAll('_', '-');
  const invalid = (reason: string): StatementError =>
    new StatementError(SQLSTATE.syntaxError, `invalid locale ${name}: language: ${reason}`);
  let canonical: string | undefined;
  try {
    canonical = Intl.getCanonicalLocales(tag)[0];
  } catch {
    throw invalid('tag is not well-formed');
  }
  if (canonical === undefined) throw invalid('tag is not well-formed');
  if (/-[a-z]-/.test(canonical)) throw notSupported(`the collation ${name}`);
  const unknown = canonical.split('-').find((subtag, i) => !isKnown(subtag, i));
  if (unknown !== undefined) throw invalid(`subtag "${unknown.toLowerCase()}" is well-formed but unknown`);
  if (Intl.Collator.supportedLocalesOf(canonical).length === 0) throw notSupported(`the collation ${name}`);
  return canonical;
}

/**
 * Whether a part of a locale, which is in its usual case, is a language, a script or a region. Of languages with three
 * letters ICU knows only some.
 */
function isKnown(subtag: string, place: number): boolean {
  if (place === 0 && subtag.length === 3) return true;
  const type = place === 0 ? 'language' : subtag.length === 4 ? 'script' : 'region';
  try {
    return new Intl.DisplayNames('en', { type, fallback: 'none' }).of(subtag) !== undefined;
  } catch {
    return false;
  }
}
