import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODES } from '../../shared/modes.ts';
import { stepsIn } from '../../shared/step.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { effectsOf } from '../../commands/verify/find-effects.ts';
import { whyLeftOut } from '../../commands/verify/needs.ts';
import { readTutorials } from '../../commands/verify/tutorial.ts';
import { verifyTutorial } from '../../commands/verify/verification.ts';

const SOURCES = resolve(import.meta.dirname, '../../content/tutorials');

describe('the tutorials that are verified', () => {
  it('are all tutorials, each with what it must have done to the database', async () => {
    const sources = readdirSync(SOURCES).filter((file) => file.endsWith('.mdx'));
    const names = sources.map((file) => /^name: (\S+)$/m.exec(readFileSync(join(SOURCES, file), 'utf8'))?.[1] ?? file);
    const verified = readTutorials().map(({ slug }) => slug);
    expect(names.filter((name) => !verified.includes(name))).toEqual([]);
    for (const name of names) expect(await effectsOf(name), name).toBeTypeOf('function');
  });
});

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
  )('$slug, $mode', async ({ tutorial, slug, mode }, { skip, task }) => {
    const reason = await whyLeftOut(reader(), tutorial);
    if (reason !== undefined) return skip(reason);
    const { faults, steps } = await verifyTutorial(reader(), tutorial, mode, await effectsOf(slug));
    expect(faults).toEqual([]);
    expect(steps.map(({ id }) => id)).toEqual(stepsIn(tutorial.steps, mode).map(({ step }) => step.id));
    task.meta.checked = { 'tutorial steps': steps.length };
  });
});
