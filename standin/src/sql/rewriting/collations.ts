import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { notSupported, StatementError } from '../../protocol/statement-error.ts';
import { quoteName } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';
import { isName, isWord } from '../text/tokens.ts';
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
    edits.replace(locale.start, locale.end, quoteName(`${canonicalLocale(locale.value)}-x-icu`));
  }
}

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
  const [language = ''] = canonical.split('-');
  const isKnown = Intl.Collator.supportedLocalesOf(canonical).length > 0;
  if (!isKnown) throw invalid(`subtag "${language}" is well-formed but unknown`);
  return canonical;
}
