/** The longest escape sequence that counts as one; real programs send shorter ones. */
export const LONGEST_SEQUENCE_BYTES = 256;
const ESCAPE = 0x1b;
const BELL = 0x07;

/**
 * Returns how many bytes at the end of a program's output are an incomplete escape sequence (ECMA-48, 5.4 and 5.6) or
 * UTF-8 character, at most LONGEST_SEQUENCE_BYTES. A restored screen requests these bytes again. Pure.
 */
export function unfinishedBytes(tail: Uint8Array): number {
  const at = tail.lastIndexOf(ESCAPE);
  if (at >= 0 && tail.length - at <= LONGEST_SEQUENCE_BYTES) {
    // ESC \ ends a string that began with another escape sequence.
    if (isUnfinishedSequence(tail.subarray(at))) return tail.length - startOfString(tail, at);
  }
  return unfinishedCharacter(tail);
}

function isUnfinishedSequence(sequence: Uint8Array): boolean {
  const [, kind, ...rest] = sequence;
  if (kind === undefined) return true;
  // CSI ends with its final byte. OSC, DCS, SOS, PM and APC end with a bell, or with an escape sequence, which would be
  // the last one here.
  if (kind === 0x5b) return !rest.some((byte) => byte >= 0x40 && byte <= 0x7e);
  if ([0x50, 0x58, 0x5d, 0x5e, 0x5f].includes(kind)) return !rest.includes(BELL);
  // Intermediate bytes, then a final byte.
  return [kind, ...rest].every((byte) => byte >= 0x20 && byte <= 0x2f);
}

/** Returns where the sequence begins: a lone ESC at the end may be the first half of a string's end. */
function startOfString(tail: Uint8Array, at: number): number {
  if (at !== tail.length - 1) return at;
  const before = tail.subarray(0, at).lastIndexOf(ESCAPE);
  return before >= 0 &&
    tail.length - before <= LONGEST_SEQUENCE_BYTES &&
    isUnfinishedSequence(tail.subarray(before, at))
    ? before
    : at;
}

function unfinishedCharacter(tail: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, tail.length); back += 1) {
    const byte = tail.at(-back)!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}
