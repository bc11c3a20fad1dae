/** Fields of a column's description after its name (postgresql.org/docs/current/protocol-message-formats.html). */
const COLUMN_BYTES = 18;
/** What a statement did, in a few words and a number; it is kept with each answer. */
const MAX_TAG_BYTES = 256;
/** None needed, in clear text, MD5: what `pg` answers without running code on what the server chose. */
const AUTHENTICATIONS = new Map([
  [0, 4],
  [3, 4],
  [5, 8],
]);

/** No transaction, an open one, a failed one. */
const STATUSES = new Set(Buffer.from('ITE'));

/** Each gives the position behind what it has read, or -1 when the body is too short. */
const string = (body: Buffer, at: number): number => (at < 0 || at >= body.length ? -1 : body.indexOf(0, at) + 1 || -1);
const ends = (body: Buffer, at: number): boolean => at === body.length;

/** Whether the body of a message of that kind is as the protocol has it, to the last byte. */
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
