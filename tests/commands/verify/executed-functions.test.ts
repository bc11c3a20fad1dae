import { expect, it } from 'vitest';
import { callFaults, namedFunctions } from '../../../commands/verify/executed-functions.ts';
import type { PageStep } from '../../../shared/step.ts';

const source = { file: 'content/tutorials/a.mdx', line: 7 };
const steps: PageStep[] = [
  {
    step: { id: 'a', kind: 'file', path: 'a.py', text: 'def one():\n  pass\ndef two():\n  pass\n' },
    mode: null,
    source,
  },
  { step: { id: 'b', kind: 'shell', command: 'python a.py' }, mode: null, source: { ...source, line: 20 } },
];

it('a function that the text names and that no run calls is told with the place of its program', () => {
  const named = namedFunctions({ slug: 'a', steps, wordsInCode: new Set(['one()', 'two', 'three']) }, steps);
  expect(named.map(({ file, functions }) => [file, functions])).toEqual([['a.py', ['one', 'two']]]);
  expect(callFaults(named[0]!, 'Hello\nCALLED one main\n')).toEqual([
    'content/tutorials/a.mdx:7: found `two` in the page’s text, a function that a.py defines and never calls; ' +
      'expected a program that calls what the text names.',
  ]);
  expect(callFaults(named[0]!, 'CALLED one two\n')).toEqual([]);
});
