import { describe } from 'vitest';
import { useStandin } from '../wire/served.ts';
import { expectAnswers } from './answers.ts';

describe('functions and casts of values', () => {
  const standin = useStandin();

  describe('casts between times and numbers', () => {
    expectAnswers(standin, {
      "86399::TIMESTAMP, '1970-01-02'::DATE::INT, 31::DATE": '1970-01-01 23:59:59 | 1 | 1970-02-01',
      "'2021-02-03 04:05:06.25'::TIMESTAMP::INT, '2021-02-03 04:05:06.25'::TIMESTAMP::DECIMAL":
        '1612325106 | 1612325106.250000',
      "90::INTERVAL, 1.5::FLOAT::INTERVAL, 2678400::INTERVAL, '1 mon 1 day'::INTERVAL::INT":
        '00:01:30 | 00:00:01.5 | 1 mon 1 day | 2678400',
      'true::DECIMAL, 0.5::BOOL, 0.0::FLOAT::BOOL': '1 | t | f',
      "'1 day'::INTERVAL::BOOL": '42846 invalid cast: interval -> bool',
      "'true'::JSONB::BOOL": '42846 invalid cast: jsonb -> bool',
    });
  });

  describe('arrays', () => {
    expectAnswers(standin, {
      "array_agg(i) FROM generate_subscripts(ARRAY['a', 'b']) AS g (i)": '{1,2}',
      "array_position(ARRAY['a', 'b'], 'b') + 9223372036854775800, array_positions(ARRAY[1, 2, 1], 1)":
        '9223372036854775802 | {1,3}',
      "array_to_string(ARRAY['a', NULL, 'b'], '-'), array_to_string(ARRAY['a', NULL], '-')": 'a-b | a-',
      "ARRAY['a'] || 'b', 'a' || ARRAY['b'], ARRAY['a'] || ARRAY['b']": '{a,b} | {a,b} | {a,b}',
      'ARRAY[1, 2] @> ARRAY[2], ARRAY[1] && ARRAY[2], ARRAY[1] = ARRAY[1]': 't | f | t',
      "array_to_string(ARRAY[true, NULL, false], ' ', '?')": 'true ? false',
      "array_to_string(ARRAY['a', NULL], '-', '?'), array_to_string(ARRAY[1, 2], NULL)": 'a-? | NULL',
    });
  });

  describe('their types', () => {
    expectAnswers(standin, {
      "pg_typeof('a'), pg_typeof(1), pg_typeof(ARRAY[1]), pg_typeof(num_nulls(1))": 'text | bigint | bigint[] | bigint',
      "pg_typeof('a'::VARCHAR), pg_typeof(NULL::UUID), pg_typeof('{}'::JSONB)": 'character varying | uuid | jsonb',
    });
  });

  describe('words', () => {
    expectAnswers(standin, {
      "to_english(-1024), soundex('Ashcraft'), difference('Smith', 'Smythe')": 'minus-one-zero-two-four | A226 | 4',
      "levenshtein('flaw', 'lawn'), levenshtein('flaw', 'lawn', 1, 2, 3), levenshtein('', 'abc')": '2 | 3 | 3',
      "unaccent('Crème brûlée'), unaccent('Łódź ﬁn'), like_escape('10%', '__!%', '!')": 'Creme brulee | Lodz fin | t',
    });
  });

  describe('signatures that only PostgreSQL has', () => {
    expectAnswers(standin, {
      'trunc(1.29, 1)': '42883 unknown signature: trunc(decimal, int)',
      'generate_series(1.5, 3.5)': '42883 unknown signature: generate_series(decimal, decimal)',
      'nvl(NULL, 1)': '42883 unknown function: nvl()',
      'random(1, 6)': '42883 unknown signature: random(int, int)',
      "concat('a', 1)": '42883 unknown signature: concat(string, int)',
    });
  });
});
