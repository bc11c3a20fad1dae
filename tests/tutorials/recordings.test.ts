import { describe, expect, it } from 'vitest';
import { recordedModes, staleness } from '../../shared/recording.ts';
import { readRecording } from '../../commands/verify/stored-recordings.ts';
import { readTutorials } from '../../commands/verify/tutorial.ts';

const cases = readTutorials().flatMap((tutorial) =>
  recordedModes(tutorial.steps).map((mode) => ({ tutorial, mode, slug: tutorial.slug })),
);

describe('what the page shows while no cluster is available', () => {
  it.each(cases)('is a recording of the page’s current steps: $slug, $mode', ({ tutorial, mode }) => {
    const recording = readRecording(tutorial.slug, mode);
    if (!recording) throw new Error('there is none: npm run verify -- --update');
    expect(staleness(recording, tutorial.steps), 'record it anew: npm run verify -- --update').toBeUndefined();
  });
});
