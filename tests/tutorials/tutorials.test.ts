import { describe, expect, it } from 'vitest';
import type { Mode } from '../../shared/protocol.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { effectsOf } from '../../commands/verify/effects.ts';
import { whyLeftOut } from '../../commands/verify/needs.ts';
import { readTutorials, stepsOf } from '../../commands/verify/tutorial.ts';
import { verifyTutorial } from '../../commands/verify/verification.ts';

const MODES: Mode[] = ['secure', 'insecure'];

describe.skipIf(withoutSandbox)('every step of every tutorial', { timeout: 180_000 }, () => {
  const { reader } = useServer();

  it.for(
    readTutorials().flatMap((tutorial) =>
      MODES.filter((mode) => stepsOf(tutorial, mode).length > 0).map((mode) => ({
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
