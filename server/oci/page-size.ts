import { readFileSync } from 'node:fs';

const AT_PAGESZ = 6n;
const WORD_BYTES = 8;

/**
 * Returns the size of this kernel's pages, bytes: 4 KiB on x86-64; 4, 16 or 64 KiB on arm64, depending on its build.
 * Throws an Error when it is not in the auxiliary vector.
 */
export function pageBytes(auxiliary: Buffer = readFileSync('/proc/self/auxv')): number {
  for (let at = 0; at + 2 * WORD_BYTES <= auxiliary.length; at += 2 * WORD_BYTES) {
    if (auxiliary.readBigUInt64LE(at) === AT_PAGESZ) return Number(auxiliary.readBigUInt64LE(at + WORD_BYTES));
  }
  throw new Error('The kernel does not say how large its pages are.');
}
