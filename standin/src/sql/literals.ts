import type { Edits } from './edits.ts';
import { quoteText, type Statement } from './statement.ts';

/**
 * Constants that PostgreSQL writes otherwise: b'…' and x'…' are bytes (cockroachlabs.com/docs/stable/sql-constants).
 */
export function rewriteLiterals(statement: Statement, edits: Edits): void {
  for (const token of statement.tokens) {
    if (token.kind !== 'bytes') continue;
    const inner = token.value.slice(2, -1);
    const hex = /^x/i.test(token.value) ? inner : bytesOf(inner).toString('hex');
    edits.replace(token.start, token.end, `${quoteText(`\\x${hex}`)}::bytea`);
  }
}

function bytesOf(inner: string): Buffer {
  const parts: Buffer[] = [];
  for (const [all, hex, octal, other] of inner.matchAll(/\\x([0-9a-fA-F]{2})|\\([0-7]{3})|\\?([\s\S])/g)) {
    if (hex !== undefined) parts.push(Buffer.from(hex, 'hex'));
    else if (octal !== undefined) parts.push(Buffer.from([Number.parseInt(octal, 8)]));
    else parts.push(Buffer.from(all.startsWith('\\') ? (ESCAPES[other ?? ''] ?? other ?? '') : (other ?? ''), 'utf8'));
  }
  return Buffer.concat(parts);
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\x07' };
