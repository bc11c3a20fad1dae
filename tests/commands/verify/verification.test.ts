import { expect, it } from 'vitest';
import type { Effects } from '../../../commands/verify/effects.ts';
import { verifyTutorial } from '../../../commands/verify/verification.ts';
import type { SandboxInfo } from '../../../shared/protocol.ts';
import type { PageStep } from '../../../shared/step.ts';
import { sourceTutorial } from './source-tutorial.ts';

/** Returns a step of that mode, or of both. */
function step(id: string, mode: PageStep['mode']): PageStep {
  return {
    step: { id, kind: 'shell', command: 'true' },
    mode,
    source: { file: 'content/tutorials/books.mdx', line: 1 },
  };
}

const reader: Parameters<typeof verifyTutorial>[0] = {
  claim: async () => ({ id: 'sandbox' }) as SandboxInfo,
  run: async (_sandbox, steps) => ({
    location: '',
    ids: [],
    events: [
      ...steps.map(({ id }) => ({ type: 'done', step: id, ok: true, exitCode: 0, ms: 1 }) as const),
      { type: 'end', reason: 'finished' },
    ],
  }),
  reset: async () => undefined,
};

it.each([
  ['add-books-1', []],
  ['start-insecure-1', []],
  ['ad-books-1', [expect.stringContaining('there is no step ad-books-1; there are: add-books-1, start-insecure-1')]],
])('effects that ask what %s printed are told when the page has no such step in either mode', async (id, faults) => {
  const tutorial = sourceTutorial('books', {
    steps: [step('add-books-1', null), step('start-insecure-1', 'insecure')],
  });
  const effects: Effects = async ({ printed }) => (printed(id) === '' ? [] : ['something was printed']);
  expect((await verifyTutorial(reader, tutorial, 'secure', effects)).faults).toEqual(faults);
});
