import { describe, expect, it } from 'vitest';
import { orderKeys } from '../../../src/sql/results/json-order.ts';

describe('the order of keys in JSONB', () => {
  it.each([
    ['{"b": 1, "aa": 2}', '{"aa": 2, "b": 1}'],
    ['{"b": {"d": [], "cc": {}}, "a": [{"y": null, "xx": true}, -1.50e3]}', undefined],
    ['{"b": "x, {\\"a\\": 1}", "aa": "\\\\"}', '{"aa": "\\\\", "b": "x, {\\"a\\": 1}"}'],
    ['{"\\"": 1, "!!": 2}', '{"!!": 2, "\\"": 1}'],
    ['{"z": 1, "é": 2, "😀": 3, "\uffee": 4}', '{"z": 1, "é": 2, "\uffee": 4, "😀": 3}'],
    ['[]', '[]'],
    ['"{\\"b\\": 1}"', '"{\\"b\\": 1}"'],
    ['{"": 1}', '{"": 1}'],
  ])('is that of their bytes: %s', (text, ordered) => {
    expect(orderKeys(text)).toBe(ordered ?? '{"a": [{"xx": true, "y": null}, -1.50e3], "b": {"cc": {}, "d": []}}');
  });

  it('does not depend on how deep a value is', () => {
    const deep = `${'{"a": '.repeat(20_000)}1${'}'.repeat(20_000)}`;
    expect(orderKeys(deep)).toBe(deep);
  });
});
