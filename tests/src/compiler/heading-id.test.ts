import { describe, expect, test } from 'vitest';
import { HeadingIds, kramdownId, StepIds } from '../../../src/compiler/heading-id.ts';

describe('heading ids', () => {
  test.each([
    ['Step 1. Install PonyORM', 'step-1-install-ponyorm'],
    ['Step 2. Create the maxroach user and bank database', 'step-2-create-the-maxroach-user-and-bank-database'],
    ['What’s next?', 'whats-next'],
    ["What's next?", 'whats-next'],
    ['Client-side intervention', 'client-side-intervention'],
    ['3 ways in', 'ways-in'],
    ['cockroach_restart & more', 'cockroachrestart--more'],
    ['42', 'section'],
  ])('%s becomes %s', (text, id) => {
    expect(kramdownId(text)).toBe(id);
  });

  test('of the same text are numbered from the second on', () => {
    const ids = new HeadingIds();
    expect(['Go', 'Go', 'Stop', 'Go'].map((text) => ids.take(text))).toEqual(['go', 'go-1', 'stop', 'go-2']);
  });
});

describe('step ids', () => {
  test('consist of the heading without its number, the mode, and a count', () => {
    const ids = new StepIds();
    expect(ids.take('Step 4. Run the Python code', 'secure')).toBe('run-the-python-code-secure-1');
    expect(ids.take('Step 3. Run the Python code', 'insecure')).toBe('run-the-python-code-insecure-1');
    expect(ids.take('Step 3. Run the Python code', null)).toBe('run-the-python-code-1');
    expect(ids.take('Step 3. Run the Python code', null)).toBe('run-the-python-code-2');
  });

  test('are unique even when headings look like modes', () => {
    const ids = new StepIds();
    expect([ids.take('Go', 'secure'), ids.take('Go secure', null)]).toEqual(['go-secure-1', 'go-secure-2']);
  });
});
