import { notSupported, unimplemented } from '../../protocol/statement-error.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import { isWord } from '../text/tokens.ts';

/** An option of CREATE DATABASE: its words, the values that CockroachDB takes, and what it says of any other. */
const OPTIONS: readonly [words: string[], values: RegExp, refusal: string][] = [
  [['template'], /^template0$/i, 'unsupported template: '],
  [['encoding'], /^(?:utf-?8|unicode)$/i, 'unsupported encoding: '],
  [['lc_collate'], /^C(?:\.UTF-8)?$/, 'unsupported collation: '],
  [['lc_ctype'], /^C(?:\.UTF-8)?$/, 'unsupported character classification: '],
  [['connection', 'limit'], /^-1$/, 'only connection limit -1 is supported, got: '],
];

/**
 * Reads what follows the name in CREATE DATABASE (cockroachlabs.com/docs/stable/create-database). The values that are
 * taken have no effect: every database is like that. Throws StatementError for any other.
 *
 *     WITH TEMPLATE = template0 ENCODING 'UTF-8' LC_COLLATE = 'C' CONNECTION LIMIT = -1
 */
export function readDatabaseOptions(reader: StatementReader): void {
  reader.skip('with');
  for (const [words, values, refusal] of OPTIONS) {
    if (!reader.skip(...words)) continue;
    reader.skip('=');
    const value = readValue(reader);
    if (!values.test(value)) throw unimplemented(`${refusal}${value}`);
  }
  if (isWord(reader.token, 'primary', 'regions', 'region', 'survive')) throw notSupported('regions of databases');
  reader.expectEnd();
}

function readValue(reader: StatementReader): string {
  const sign = reader.skip('-') ? '-' : '';
  const { kind, value } = reader.token;
  if (kind === 'end' || kind === 'sign') throw reader.syntaxError();
  reader.at++;
  return sign + (kind === 'string' ? value.slice(1, -1) : value);
}
