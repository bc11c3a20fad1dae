import { describe, expect, it } from 'vitest';
import { compareOutput, explainDifference } from '../../shared/expectation/compare.ts';
import { MODES } from '../../shared/modes.ts';
import { stepsIn } from '../../shared/step.ts';
import { printedText } from '../../shared/expectation/printed.ts';
import { readRecording } from '../../commands/verify/stored-recordings.ts';
import { readTutorials } from '../../commands/verify/tutorial.ts';

const cases = readTutorials().flatMap((tutorial) =>
  MODES.map((mode) => ({ tutorial, mode, slug: tutorial.slug })).filter(
    ({ mode }) => stepsIn(tutorial.steps, mode).length > 0,
  ),
);

describe('what the page shows while no cluster is available', () => {
  it.each(cases)('is a recording of the page’s current steps: $slug, $mode', ({ tutorial, mode }) => {
    const recording = readRecording(tutorial.slug, mode);
    const steps = stepsIn(tutorial.steps, mode);
    expect(
      recording?.steps.map(({ id }) => id),
      'record it anew: npm run verify -- --update',
    ).toEqual(steps.map(({ step }) => step.id));
    expect(recording).toMatchObject({
      engine: { version: expect.stringMatching(/^v\d/) },
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    const captures = new Map<string, string>();
    for (const { step, expected } of steps) {
      const { id } = step;
      const printed = printedText(recording?.steps.find((recorded) => recorded.id === id)?.events ?? []);
      if (!expected) continue;
      const comparison = compareOutput(expected, printed, captures);
      expect(comparison.fits, `step ${id}:\n${explainDifference(comparison)}`).toBe(true);
    }
  });
});
