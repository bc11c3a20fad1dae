import { expect, it } from 'vitest';
import type { LostCause } from '../../../shared/protocol.ts';
import { lostSentence } from '../../../shared/sentences/lost-sentence.ts';

const CAUSES: LostCause[] = ['expired', 'reset', 'out-of-memory', 'engine-ended', 'drained', 'agent-lost', 'shutdown'];

it.each(CAUSES)(
  'a sentence on a cluster that is gone (%s) calls it so, and is still true when it is read later',
  (cause) => {
    const sentence = lostSentence(cause, 256 << 20);
    expect(sentence).toContain('our cluster');
    expect(sentence).not.toMatch(/sandbox| is (shutting|being) /);
  },
);
