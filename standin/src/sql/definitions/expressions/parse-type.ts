import { isSign, isWord, type Token } from '../../text/tokens.ts';

/** CockroachDB's names of types as SHOW prints them, by the names that it takes. */
const NAMES = new Map(
  `int INT8,integer INT8,bigint INT8,int8 INT8,int64 INT8,int4 INT4,int2 INT2,smallint INT2,serial INT8,
  string STRING,text STRING,varchar VARCHAR,char CHAR,bytes BYTES,bytea BYTES,blob BYTES,bool BOOL,boolean BOOL,
  decimal DECIMAL,numeric DECIMAL,dec DECIMAL,float FLOAT8,float8 FLOAT8,real FLOAT4,float4 FLOAT4,date DATE,time TIME,
  timetz TIMETZ,timestamp TIMESTAMP,timestamptz TIMESTAMPTZ,interval INTERVAL,json JSONB,jsonb JSONB,uuid UUID,
  inet INET,name NAME,oid OID,regclass REGCLASS,bit BIT,varbit VARBIT`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

/**
 * Reads the type that begins at token `from`. Returns it as SHOW prints it, and the index after it; undefined for a
 * type that is not CockroachDB's own, such as an ENUM.
 */
export function readType(tokens: readonly Token[], from: number): { type: string; after: number } | undefined {
  const name = tokens[from]?.kind === 'word' ? NAMES.get(tokens[from].value) : undefined;
  if (name === undefined) return undefined;
  let at = from + 1;
  let type = name;
  if (isWord(tokens[from], 'char') && isWord(tokens[at], 'varying')) [type, at] = ['VARCHAR', at + 1];
  if (isSign(tokens[at], '(')) {
    const close = tokens.findIndex((token, i) => i > at && isSign(token, ')'));
    const limits = tokens.slice(at + 1, close).map(({ value }) => value);
    type += `(${limits.join('')})`;
    at = close + 1;
  }
  if (isWord(tokens[at], 'with', 'without') && isWord(tokens[at + 1], 'time')) {
    if (isWord(tokens[at], 'with')) type = type.replace(/^(TIMESTAMP|TIME)/, '$1TZ');
    at += 3;
  }
  while (isSign(tokens[at], '[') && isSign(tokens[at + 1], ']')) [type, at] = [`${type}[]`, at + 2];
  return { type, after: at };
}

/** The type of constants that are compared with a value of this type: `STRING` for `VARCHAR(5)`, `INT8` for `INT2`. */
export function familyOf(type: string): string {
  const plain = type.replace(/\([\d,]*\)/, '');
  if (plain.endsWith('[]')) return `${familyOf(plain.slice(0, -2))}[]`;
  if (/^INT[24]$/.test(plain)) return 'INT8';
  if (plain === 'FLOAT4') return 'FLOAT8';
  return ['VARCHAR', 'CHAR', 'NAME', '"CHAR"'].includes(plain) ? 'STRING' : plain;
}
