import { expect, it } from 'vitest';
import type { LostCause } from '../../../shared/protocol.ts';
import { lostSentence } from '../../../shared/sentences/lost-sentence.ts';

const CAUSES: LostCause[] = ['expired', 'reset', 'out-of-memory', 'engine-ended', 'drained', 'agent-lost', 'shutdown'];

it.each(CAUSES)(
  'the sentence for a cluster that is gone (%s) says so, and stays true when it is read later',
  (cause) => {
    const sentence = lostSentence(cause, 256 << 20);
    expect(sentence).toContain('our cluster');
    expect(sentence).not.toMatch(/sandbox| is (shutting|being) /);
  },
);
