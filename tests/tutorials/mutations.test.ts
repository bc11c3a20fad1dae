import { describe, expect, it } from 'vitest';
import { textOf, withText } from '../../shared/step.ts';
import { useOwnServer, withoutSandbox } from '../support/shared-server.ts';
import { driftFaults } from '../../commands/verify/drift.ts';
import { effectsOf } from '../../commands/verify/find-effects.ts';
import { MUTATIONS, type Mutation } from './mutations.ts';
import { whyLeftOut } from '../../commands/verify/needs.ts';
import { readTutorials, type Tutorial } from '../../commands/verify/tutorial.ts';
import { verifyTutorial } from '../../commands/verify/verification.ts';

const MIN_MUTATIONS = 30;
const tutorials = readTutorials();

function mutate({ tutorial: slug, mode, find, replace }: Mutation): Tutorial {
  const tutorial = tutorials.find((one) => one.slug === slug);
  if (!tutorial) throw new Error(`there is no tutorial ${slug}`);
  let found = false;
  const steps = tutorial.steps.map((each) => {
    const text = textOf(each.step);
    if ((each.mode !== null && each.mode !== mode) || !text.includes(find)) return each;
    found = true;
    return { ...each, step: withText(each.step, text.replaceAll(find, replace)) };
  });
  if (!found) throw new Error(`${slug} has no ${JSON.stringify(find)}: the mutation must be brought up to date`);
  return { ...tutorial, steps };
}

describe('secure and insecure files', () => {
  it.each(tutorials.map((tutorial) => [tutorial.slug, tutorial] as const))(
    'of %s differ only in how they connect',
    (_, tutorial) => {
      expect(driftFaults(tutorial)).toEqual([]);
    },
  );
});

describe.skipIf(withoutSandbox)('verification finds an author’s mistake', { timeout: 120_000 }, () => {
  const { reader } = useOwnServer({ STEP_SECONDS: '10' });
  const missed: string[] = [];
  let tried = 0;

  it.for(MUTATIONS.map((mutation) => ({ ...mutation, mutation })))(
    '$tutorial: $what',
    async ({ mutation, what }, { skip, task }) => {
      const tutorial = mutate(mutation);
      const reason = await whyLeftOut(reader(), tutorial);
      if (reason !== undefined) return skip(reason);
      tried += 1;
      task.meta.checked = { mutations: 1 };
      const faults = await verifyTutorial(reader(), tutorial, mutation.mode, await effectsOf(tutorial.slug)).then(
        (done) => done.faults,
        (failure: unknown) => [String(failure)],
      );
      if (faults.length === 0) missed.push(what);
      expect(faults).not.toEqual([]);
    },
  );

  it('finds them all', () => {
    console.log(`mutations: ${tried - missed.length} of ${tried} found`);
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(MIN_MUTATIONS);
    expect(missed).toEqual([]);
  });
});
