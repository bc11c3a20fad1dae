import { describe, expect, it } from 'vitest';
import { useStandin } from '../wire/served.ts';
import { expectAnswers } from './answers.ts';

describe('functions on JSON', () => {
  const standin = useStandin();

  describe('return JSONB under either name', () => {
    expectAnswers(standin, {
      "json_build_object('n', 1, 'list', json_build_array(true, NULL)), json_typeof('{}')":
        '{"list": [true, null], "n": 1} | object',
      "json_array_length('[1, 2, 3]') + 9223372036854775800, json_extract_path('{\"a\": [5]}', 'a', '0')":
        '9223372036854775803 | 5',
      "json_set('{\"a\": 1}', '{b}', '2'), json_remove_path('{\"a\": {\"b\": 1}}', '{a,b}')":
        '{"a": 1, "b": 2} | {"a": {}}',
      "to_json('x'::STRING), array_to_json(ARRAY['a', 'b']), row_to_json((1, true))":
        '"x" | ["a", "b"] | {"f1": 1, "f2": true}',
      'json_agg(x), json_object_agg(x::STRING, x) FROM generate_series(1, 2) AS g (x)': '[1, 2] | {"1": 1, "2": 2}',
    });
  });

  describe("order an object's keys by their bytes", () => {
    expectAnswers(standin, {
      '\'{"zz": 1, "b": {"éa": 1, "z": 2}, "aaa": [{"q": 1, "p10": 2}]}\'::JSONB':
        '{"aaa": [{"p10": 2, "q": 1}], "b": {"z": 2, "éa": 1}, "zz": 1}',
      'jsonb_pretty(\'{"b": 1, "aa": []}\')': '{\n    "aa": [],\n    "b": 1\n}',
    });

    describe('when they become strings', () => {
      expectAnswers(standin, {
        '\'{"b": 1, "aa": 2}\'::JSONB::STRING': '{"aa": 2, "b": 1}',
        '\'{"x": {"b": 1, "aa": 2}, "y": "s"}\'::JSONB->>\'x\', \'{"y": "s"}\'::JSONB->>\'y\'': '{"aa": 2, "b": 1} | s',
        '\'{"x": [{"b": 1, "aa": 2}]}\'::JSONB #>> \'{x,0}\'': '{"aa": 2, "b": 1}',
      });
    });

    it.each(['json_each', 'jsonb_each', 'json_each_text'])('in the rows of %s', async (name) => {
      const { answers } = await standin.client.ask({ sql: `SELECT key FROM ${name}('{"b": 1, "aa": 2, "c": 3}')` });
      expect(answers[0]?.rows).toEqual([['aa'], ['b'], ['c']]);
    });
  });
});
