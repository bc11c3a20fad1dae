import { SQLSTATE } from '../../../protocol/sqlstate.ts';
import { StatementError } from '../../../protocol/statement-error.ts';
import { closingBracket } from '../../text/brackets.ts';
import { isName, isSign, isWord, type Token } from '../../text/tokens.ts';

/** Where an expression of a definition stands, as CockroachDB's messages call it. */
export type Place = 'DEFAULT' | 'CHECK' | 'computed column' | 'index predicate';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));
const AGGREGATES = words(
  `array_agg avg bit_and bit_or bool_and bool_or concat_agg corr count count_rows covar_pop covar_samp every json_agg
  json_object_agg jsonb_agg jsonb_object_agg max min percentile_cont percentile_disc regr_avgx regr_avgy regr_count
  regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy sqrdiff stddev stddev_pop stddev_samp string_agg sum
  sum_int var_pop var_samp variance xor_agg`,
);
const GENERATORS = words(
  `generate_series generate_subscripts json_array_elements json_array_elements_text json_each json_each_text
  json_object_keys jsonb_array_elements jsonb_array_elements_text jsonb_each jsonb_each_text jsonb_object_keys
  pg_get_keywords regexp_split_to_table unnest`,
);
const VOLATILE = words(
  `clock_timestamp cluster_logical_timestamp currval gen_random_uuid lastval nextval pg_sleep random setval timeofday
  unique_rowid uuid_v4`,
);
/** Functions whose result depends on the session or on the transaction. */
const STABLE = words(
  `array_to_string current_database current_date current_schema current_setting current_time current_timestamp
  current_user localtime localtimestamp now session_user statement_timestamp to_json to_jsonb transaction_timestamp`,
);
const WITHOUT_PARENTHESES = words(
  'current_date current_schema current_time current_timestamp current_user localtime localtimestamp session_user',
);
/** Expressions that must give the same result at any time. */
const UNCHANGING: readonly Place[] = ['computed column', 'index predicate'];

/**
 * Throws StatementError for what CockroachDB has in no expression of a definition, or not in one of that place:
 * subqueries, aggregates, functions that return rows, and functions whose results change.
 */
export function refuseParts(tokens: readonly Token[], place: Place): void {
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    const isQuery = isSign(token, '(') && isWord(next, 'select', 'values', 'with', 'table');
    const isStar = isSign(token, '(') && isSign(next, '*') && isSign(tokens[i + 2], ')');
    if (isQuery || isStar) throw variableParts(place);
  }
  for (const [i, token] of tokens.entries()) {
    if (!isName(token)) continue;
    const isCall = isSign(tokens[i + 1], '(');
    if (isCall || (token.kind === 'word' && WITHOUT_PARENTHESES.has(token.value))) refuseCall(tokens, i, place);
  }
}

/** Returns the error about a part that a column, a row or a subquery would have to fill. */
function variableParts(place: Place): StatementError {
  return new StatementError(SQLSTATE.syntaxError, `variable sub-expressions are not allowed in ${place}`);
}

function refuseCall(tokens: readonly Token[], at: number, place: Place): void {
  const name = tokens[at]!.value;
  const refused = (code: string, what: string): StatementError =>
    new StatementError(code, `${name}(): ${what} are not allowed in ${place}`);
  const isCall = isSign(tokens[at + 1], '(');
  if (isCall && isWord(tokens[closingBracket(tokens, at + 1) + 1], 'over'))
    throw refused(SQLSTATE.windowingError, 'window functions');
  if (AGGREGATES.has(name)) throw refused(SQLSTATE.groupingError, 'aggregate functions');
  if (GENERATORS.has(name)) throw refused(SQLSTATE.featureNotSupported, 'generator functions');
  if (!UNCHANGING.includes(place)) return;
  if (VOLATILE.has(name)) throw refused(SQLSTATE.featureNotSupported, 'volatile functions');
  if (STABLE.has(name)) throw refused(SQLSTATE.featureNotSupported, 'context-dependent operators');
}
