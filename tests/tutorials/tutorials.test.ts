import { describe, expect, it } from 'vitest';
import { MODES } from '../../shared/modes.ts';
import { stepsIn } from '../../shared/step.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { effectsOf } from '../../commands/verify/find-effects.ts';
import { whyLeftOut } from '../../commands/verify/needs.ts';
import { readTutorials } from '../../commands/verify/tutorial.ts';
import { verifyTutorial } from '../../commands/verify/verification.ts';

describe.skipIf(withoutSandbox)('every step of every tutorial', { timeout: 180_000 }, () => {
  const { reader } = useServer();

  it.for(
    readTutorials().flatMap((tutorial) =>
      MODES.filter((mode) => stepsIn(tutorial.steps, mode).length > 0).map((mode) => ({
        slug: tutorial.slug,
        mode,
        tutorial,
      })),
    ),
  )('$slug, $mode', async ({ tutorial, slug, mode }, { skip }) => {
    const reason = await whyLeftOut(reader(), tutorial);
    if (reason !== undefined) return skip(reason);
    const { faults, steps } = await verifyTutorial(reader(), tutorial, mode, await effectsOf(slug));
    expect(faults).toEqual([]);
    expect(steps.length).toBeGreaterThan(0);
  });
});
