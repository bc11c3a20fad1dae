import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PythonStyle } from '../../../commands/ruff/python-style.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const UNUSED = '"""Text."""\n\nimport os\n';

describe('the style of Python', () => {
  const style = new PythonStyle(ROOT);

  test('is what pyproject.toml says', () => {
    expect(style.excluded).toContain('content');
    expect(style.formatted('a = "b"\n')).toBe("a = 'b'\n");
    expect(style.complaints('server/agent/x.py', `"""Text."""\n\nA = '${'x'.repeat(120)}'\n`)).toEqual([
      'server/agent/x.py:3:121: E501 Line too long (126 > 120)',
    ]);
  });

  test('says what is wrong, and where', () => {
    expect(style.complaints('server/agent/x.py', UNUSED)).toEqual([
      'server/agent/x.py:3:8: F401 `os` imported but unused',
    ]);
    expect(style.complaints('server/agent/x.py', 'def f(:\n')).not.toEqual([]);
    expect(() => style.formatted('def f(:\n')).toThrow();
  });

  test('skips the rules that do not apply to a file', () => {
    const undocumented = 'def f():\n    pass\n';
    expect(style.complaints('server/agent/x.py', undocumented).join('\n')).toContain('D103');
    expect(style.complaints('tests/hostile/x.py', undocumented)).toEqual([]);
  });
});
