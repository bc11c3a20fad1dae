import { readFileSync } from 'node:fs';

const AT_PAGESZ = 6n;
const WORD_BYTES = 8;

/**
 * How large this kernel's pages are, bytes: 4 KiB on x86-64; 4, 16 or 64 KiB on arm64, as it was built. Throws an Error
 * when it does not say.
 */
export function pageBytes(auxiliary: Buffer = readFileSync('/proc/self/auxv')): number {
  for (let at = 0; at + 2 * WORD_BYTES <= auxiliary.length; at += 2 * WORD_BYTES) {
    if (auxiliary.readBigUInt64LE(at) === AT_PAGESZ) return Number(auxiliary.readBigUInt64LE(at + WORD_BYTES));
  }
  throw new Error('The kernel does not say how large its pages are.');
}
