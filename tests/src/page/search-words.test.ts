import { describe, expect, test } from 'vitest';
import { apart, askedWords, isMeant } from '../../../src/page/search-words.ts';

describe('a word that someone types means', () => {
  test.each([
    ['cert', 'certificates.'],
    ['certs', 'certificate'],
    ['retries', '@db_session(retry=MAX_RETRIES)'],
    ['retrying', 'retry.'],
    ['running', 'Run'],
    ['transactions', 'transaction.atomic():'],
    ['certify', 'certificate'],
    ['using', 'use'],
    ['sample', 'pony-basic-sample.py,'],
    ['basicsample', 'pony-basic-sample.py'],
    ['orm', 'PonyORM'],
    ['ponyorm', 'PonyORM.'],
    ['certsdir', '--certs-dir=certs'],
    ['user', 'client.<user>.key'],
    ['cafe', 'Café'],
    ['q', '\\q.'],
  ])('%s: %s', (asked, word) => {
    expect(isMeant(asked, word)).toBe(true);
  });

  test.each([
    ['xqzvw', '\\x.'],
    ['xqzvw', "x'…'"],
    ['xing', "x'…'"],
    ['accounxyz', 'a'],
    ['accounxyz', 'accounts'],
    ['cockroahc', 'C'],
    ['cockroachsql', 'cockroach'],
    ['began', 'be'],
    ['ample', 'sample'],
    ['x', '…'],
  ])('not %s: %s', (asked, word) => {
    expect(isMeant(asked, word)).toBe(false);
  });
});

test('the words of a query are its letters and digits, without quotes and signs', () => {
  expect(askedWords(' "SELECT COUNT(*)" —  Café --certs-dir ')).toEqual(['select', 'count', 'cafe', 'certsdir']);
});

test('a query can be split at its signs', () => {
  expect(apart('cockroach-sql --certs-dir')).toBe('cockroach sql certs dir');
});
