import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Mode } from '../../server/protocol.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';
import { readTutorials } from './tutorial.ts';
import { verifyTutorial, type Effects } from './verification.ts';

const CONTENT = resolve(import.meta.dirname, '../../content/tutorials');
const MODES: Mode[] = ['secure', 'insecure'];

async function effectsOf(slug: string): Promise<Effects | undefined> {
  const file = resolve(CONTENT, `${slug}.effects.ts`);
  return existsSync(file) ? ((await import(file)) as { default: Effects }).default : undefined;
}

describe.skipIf(withoutSandbox)('every step of every tutorial', { timeout: 180_000 }, () => {
  const { reader } = useServer();

  it.each(readTutorials().flatMap((tutorial) => MODES.map((mode) => ({ slug: tutorial.slug, mode, tutorial }))))('$slug, $mode', async ({ tutorial, slug, mode }) => {
    const { faults, steps } = await verifyTutorial(reader(), tutorial, mode, await effectsOf(slug));
    expect(faults).toEqual([]);
    expect(steps.length).toBeGreaterThan(0);
  });
});
