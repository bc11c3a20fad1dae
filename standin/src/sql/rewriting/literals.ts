import { notSupported } from '../../protocol/statement-error.ts';
import { quoteText } from '../text/quoting.ts';
import type { Statement } from '../text/statement.ts';
import type { TextEdits } from '../text/text-edits.ts';

/**
 * Rewrites b'…' and x'…', which are bytes in CockroachDB and bit strings in PostgreSQL
 * (cockroachlabs.com/docs/stable/sql-constants). Throws StatementError for e'…' with a character of the code 0.
 *
 *     SELECT b'a\x00', x'ff'
 *     SELECT  E'\\x6100'::bytea,  E'\\xff'::bytea
 */
export function rewriteLiterals(statement: Statement, edits: TextEdits): void {
  for (let i = 0; i < statement.tokens.length; i++) {
    const token = statement.tokens[i]!;
    // `1_000` is the number 1 with the alias `_000`; PostgreSQL would read one thousand.
    const next = statement.tokens[i + 1];
    if (token.kind === 'number' && next?.kind === 'word' && next.start === token.end) edits.insert(token.end, ' ');
    if (token.kind === 'escape' && NO_CHARACTER.test(token.value))
      throw notSupported('strings that hold the character with the code 0');
    if (token.kind !== 'bytes') continue;
    const inner = token.value.slice(2, -1);
    const hex = /^x/i.test(token.value) ? inner : bytesOf(inner).toString('hex');
    edits.replace(token.start, token.end, `${quoteText(`\\x${hex}`)}::bytea`);
  }
}

/** An escape of the code 0, after an even number of backslashes. PostgreSQL cannot store such strings. */
const NO_CHARACTER = /(?<!\\)(?:\\\\)*\\(?:x00|000|u0000|U00000000)/;

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\x07' };

/** Returns the bytes that the text between the quotes of b'…' stands for. */
function bytesOf(inner: string): Buffer {
  const parts: Buffer[] = [];
  for (const [all, hex, octal, other = ''] of inner.matchAll(/\\x([0-9a-fA-F]{2})|\\([0-7]{3})|\\?([\s\S])/g)) {
    if (hex !== undefined) parts.push(Buffer.from(hex, 'hex'));
    else if (octal !== undefined) parts.push(Buffer.from([Number.parseInt(octal, 8)]));
    else parts.push(Buffer.from(all.startsWith('\\') ? (ESCAPES[other] ?? other) : other, 'utf8'));
  }
  return Buffer.concat(parts);
}
