import { notSupported } from '../../protocol/statement-error.ts';
import type { StatementReader } from '../text/statement-reader.ts';

/**
 * Reads the rest of the statement: one value, or several, which are joined by commas. Strings lose their quotes. Throws
 * StatementError.
 */
export function readValue(reader: StatementReader): string {
  const values: string[] = [];
  do {
    if (reader.token.kind === 'placeholder') throw notSupported('SET with a placeholder');
    if (reader.atEnd) throw reader.syntaxError();
    const sign = reader.skip('-') ? '-' : '';
    const { kind, value } = reader.token;
    values.push(sign + (kind === 'string' ? value.slice(1, -1).replaceAll("''", "'") : value));
    reader.at++;
  } while (reader.skip(','));
  reader.expectEnd();
  return values.join(',');
}
