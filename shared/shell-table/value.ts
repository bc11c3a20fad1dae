/** OIDs of types whose values the shell prints differently than they are sent. PostgreSQL never changes them. */
export const OID = {
  bool: 16,
  bytea: 17,
  int8: 20,
  text: 25,
  float8: 701,
  varchar: 1043,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
} as const;

const MIN_EXPONENT = -4;
const MAX_EXPONENT = 5;
const MAX_CODE_UNIT = 0xffff;

/** Returns a value as the shell prints it, before it is quoted or aligned. Without a type, the text is unchanged. */
export function showValue(text: string | null, type?: number): string {
  if (text === null) return 'NULL';
  switch (type) {
    case OID.bool:
      return text === 't' ? 'true' : text === 'f' ? 'false' : text;
    case OID.bytea:
      return showBytes(text);
    case OID.float8:
      return showFloat(text);
    case OID.date:
      return /^\d{4,}-\d\d-\d\d$/.test(text) ? `${text} 00:00:00+00:00:00` : text;
    case OID.time:
      return /^\d\d:\d\d:\d\d/.test(text) ? `0000-01-01 ${text}+00:00:00` : text;
    case OID.timestamp:
      return showTime(`${text}+00`);
    case OID.timestamptz:
      return showTime(text);
    default:
      return showText(text);
  }
}

function showText(text: string): string {
  if (!/[^\P{C}\t\n]/u.test(text)) return text;
  return [...text].map(escaped).join('');
}

function escaped(character: string): string {
  const named: Record<string, string> = {
    '\x07': '\\a',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
    '"': '\\"',
    '\\': '\\\\',
  };
  const code = character.codePointAt(0)!;
  if (named[character]) return named[character];
  if (code >= 0x20 && code < 0x7f) return character;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > MAX_CODE_UNIT ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Returns bytes in escape format: printable ASCII unchanged, backslashes doubled, the rest in octal. */
function showBytes(text: string): string {
  const hex = /^\\x((?:[0-9a-f]{2})*)$/.exec(text);
  if (!hex) return text;
  return (hex[1]!.match(/../g) ?? [])
    .map((pair) => {
      const byte = parseInt(pair, 16);
      if (byte === 0x5c) return '\\\\';
      return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
    })
    .join('');
}

/** Returns a time with its offset from UTC, to the second. */
function showTime(text: string): string {
  const parts = /^(.*\d)([+-]\d\d)(:\d\d)?(:\d\d)?$/.exec(text);
  return parts ? `${parts[1]!}${parts[2]!}${parts[3] ?? ':00'}${parts[4] ?? ':00'}` : text;
}

/** Returns the shortest text that parses to the same number, with an exponent if that is below -4 or above 5. */
function showFloat(text: string): string {
  const value = Number(text);
  if (Number.isNaN(value)) return text;
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return text;
  const [digits, power] = value.toExponential().split('e') as [string, string];
  const exponent = Number(power);
  if (exponent >= MIN_EXPONENT && exponent <= MAX_EXPONENT) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
