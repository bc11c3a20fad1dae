import { describe, expect, it } from 'vitest';
import type { Mode } from '../../shared/protocol.ts';
import { compareOutput, explainDifference } from '../../shared/expectation/compare.ts';
import { printedText } from '../../shared/expectation/printed.ts';
import { readRecording } from '../../commands/verify/recording.ts';
import { readTutorials, stepsOf } from '../../commands/verify/tutorial.ts';

const MODES: Mode[] = ['secure', 'insecure'];
const cases = readTutorials().flatMap((tutorial) =>
  MODES.map((mode) => ({ tutorial, mode, slug: tutorial.slug })).filter(
    ({ mode }) => stepsOf(tutorial, mode).length > 0,
  ),
);

describe('what the page shows while no cluster can be had', () => {
  it.each(cases)('is a recording of the steps that are on it: $slug, $mode', ({ tutorial, mode }) => {
    const recording = readRecording(tutorial.slug, mode);
    const steps = stepsOf(tutorial, mode);
    expect(
      recording?.steps.map(({ id }) => id),
      'record it anew: npm run verify -- --update',
    ).toEqual(steps.map(({ id }) => id));
    expect(recording).toMatchObject({
      engine: { version: expect.stringMatching(/^v\d/) },
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    const captures = new Map<string, string>();
    for (const { id, expected, unordered } of steps) {
      const printed = printedText(recording?.steps.find((step) => step.id === id)?.events ?? []);
      if (!expected) continue;
      const comparison = compareOutput(expected, printed, captures, unordered);
      expect(comparison.fits, `step ${id}:\n${explainDifference(comparison)}`).toBe(true);
    }
  });
});
