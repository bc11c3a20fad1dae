/** The length of a column's description after its name (postgresql.org/docs/current/protocol-message-formats.html). */
const COLUMN_BYTES = 18;
/** A command tag is a few words and a number, and is kept with each answer. */
const MAX_TAG_BYTES = 256;
/**
 * Authentication requests and their lengths: none, clear text, MD5. For others, `pg` would compute with values that the
 * server chooses.
 */
const AUTHENTICATIONS = new Map([
  [0, 4],
  [3, 4],
  [5, 8],
]);

/** Transaction status: none, open, failed. */
const STATUSES = new Set(Buffer.from('ITE'));

/** Returns the position after the NUL-terminated string at `at`, or -1 when there is none. */
const string = (body: Buffer, at: number): number => (at < 0 || at >= body.length ? -1 : body.indexOf(0, at) + 1 || -1);
const ends = (body: Buffer, at: number): boolean => at === body.length;

/** Whether a message's body has exactly the form that the protocol defines for its kind. */
export function isWellFormed(kind: string, body: Buffer): boolean {
  switch (kind) {
    case 'R':
      return body.length >= 4 && AUTHENTICATIONS.get(body.readInt32BE(0)) === body.length;
    case 'K':
      return body.length === 8;
    case 'Z':
      return body.length === 1 && STATUSES.has(body[0]!);
    case 'I':
    case 'c':
      return body.length === 0;
    case 'd':
      return true;
    case 'S':
      return ends(body, string(body, string(body, 0)));
    case 'C':
      return body.length <= MAX_TAG_BYTES && ends(body, string(body, 0));
    case 'A':
      return ends(body, string(body, string(body, 4)));
    case 'E':
    case 'N':
      return isProblem(body);
    case 'T':
      return isDescription(body);
    case 'D':
      return isRow(body);
    case 'G':
    case 'H':
      return body.length >= 3 && body.readInt16BE(1) >= 0 && body.length === 3 + 2 * body.readInt16BE(1);
    default:
      return false;
  }
}

function isProblem(body: Buffer): boolean {
  let at = 0;
  while (at >= 0 && at < body.length && body[at] !== 0) at = string(body, at + 1);
  return at >= 0 && body[at] === 0 && ends(body, at + 1);
}

function isDescription(body: Buffer): boolean {
  if (body.length < 2 || body.readInt16BE(0) < 0) return false;
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left -= 1) {
    at = string(body, at);
    if (at < 0) return false;
    at += COLUMN_BYTES;
  }
  return ends(body, at);
}

function isRow(body: Buffer): boolean {
  if (body.length < 2) return false;
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left -= 1) {
    if (at + 4 > body.length) return false;
    const length = body.readInt32BE(at);
    at += 4 + Math.max(0, length);
  }
  return ends(body, at);
}
