import { describe, expect, it } from 'vitest';
import type { StepBody } from '../../../shared/protocol.ts';
import { identityOf } from '../../../shared/step.ts';
import { readSent } from '../../../src/take-home/sent-step.ts';

describe('a step that was sent', () => {
  it.each<StepBody>([
    { kind: 'file', path: 'a.py', text: '' },
    { kind: 'shell', command: 'echo "1"\n' },
    { kind: 'sql', statements: 'SELECT 1;', user: 'maxroach' },
    { kind: 'sql', statements: 'SELECT 1;', user: 'root', database: 'bank' },
    { kind: 'shell', command: 'cat', input: 'one\n', shell: 'page:A', fails: true },
    { kind: 'sql', statements: 'UPDATE a SET b = 1;', user: 'root', waits: true },
    { kind: 'sql', statements: 'SELECT 1 / 0;', user: 'root', fails: true },
  ])('is read from its identity: $kind', (sent) => {
    expect(readSent(identityOf(sent))).toEqual(sent);
  });

  it.each(['', '{', 'null', '7', '{"kind":"shell"}', '[]', '["shell"]', '["shell",1]', '["python","print(1)"]'])(
    'is not found in anything else that may be stored: %s',
    (stored) => {
      expect(readSent(stored)).toBeUndefined();
    },
  );
});
