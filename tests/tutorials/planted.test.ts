import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { effectsOf } from '../../commands/verify/find-effects.ts';
import type { Effects } from '../../commands/verify/effects.ts';
import { whyLeftOut } from '../../commands/verify/needs.ts';
import { readTutorials } from '../../commands/verify/tutorial.ts';
import { verifyTutorial } from '../../commands/verify/verification.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';

const FOLDER = resolve(import.meta.dirname, '../../content/tutorials');
const NEVER_PRINTED = 'planted: no program prints this';

/** The tutorials with effects: one for each driver. */
const tutorials = readTutorials().filter(({ slug }) => readdirSync(FOLDER).includes(`${slug}.effects.ts`));

/** Returns effects that are checked after all money has been deleted. */
async function afterTheft(slug: string): Promise<Effects> {
  const effects = await effectsOf(slug);
  if (effects === undefined) throw new Error(`${join(FOLDER, slug)} has no effects`);
  return async (context) => {
    const tables = await context.query(
      "SELECT table_name FROM information_schema.columns WHERE column_name = 'balance' AND table_schema = 'public'",
    );
    expect(tables).toHaveLength(1);
    await context.query(`UPDATE ${tables[0]![0]} SET balance = 0 WHERE balance > 0`);
    return await effects(context);
  };
}

describe.skipIf(withoutSandbox).for(tutorials)('a failure planted in $slug is found', (tutorial) => {
  const { reader } = useServer();

  it('an output that no program prints', async ({ skip }) => {
    const reason = await whyLeftOut(reader(), tutorial);
    if (reason !== undefined) return skip(reason);
    const at = tutorial.steps.findIndex(({ mode, expected }) => mode !== 'secure' && expected !== undefined);
    const steps = tutorial.steps.map((each, index) =>
      index === at ? { ...each, expected: { text: NEVER_PRINTED, unordered: false } } : each,
    );
    const { faults } = await verifyTutorial(reader(), { ...tutorial, steps }, 'insecure');
    expect(faults).toEqual([expect.stringContaining(NEVER_PRINTED)]);
  });

  it('an effect that it must not have', async ({ skip }) => {
    const reason = await whyLeftOut(reader(), tutorial);
    if (reason !== undefined) return skip(reason);
    const { faults } = await verifyTutorial(reader(), tutorial, 'insecure', await afterTheft(tutorial.slug));
    expect(faults).not.toEqual([]);
  });
});

describe('planted failures', () => {
  it('exist for every tutorial', () => {
    const effects = readdirSync(FOLDER).filter((file) => file.endsWith('.effects.ts'));
    expect(tutorials.map(({ slug }) => `${slug}.effects.ts`).toSorted()).toEqual(effects.toSorted());
  });
});
