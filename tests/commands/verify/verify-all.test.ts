import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { SourceTutorial } from '../../../commands/verify/tutorial.ts';
import { verifyAll, type Place } from '../../../commands/verify/verify-all.ts';
import type { Health } from '../../../shared/protocol.ts';
import { MODES } from '../../../shared/modes.ts';
import type { PageStep } from '../../../shared/step.ts';
import { listen } from '../../server/http/listening.ts';
import { sourceTutorial } from './source-tutorial.ts';

const secureStep: PageStep = {
  step: { id: 'list', kind: 'shell', command: 'ls' },
  mode: 'secure',
  source: { file: 'some.mdx', line: 1 },
};
const tutorial = (slug: string, needs?: string): SourceTutorial =>
  sourceTutorial(slug, { ...(needs === undefined ? {} : { needs }), steps: [secureStep] });

/** Starts a server without any sandboxes. Returns its address. */
async function serverWith(version: string): Promise<string> {
  const health: Health = { ready: true, engine: { name: 'CockroachDB', version, standIn: false } };
  const app = new Hono()
    .get('/api/health', (context) => context.json(health))
    .post('/api/sandboxes', (context) => context.json({ code: 'busy' }, 503));
  return (await listen(app)).url;
}

describe('a tutorial is left out of verification, with the reason,', () => {
  const untold = async (version: string): Promise<Place> => ({
    url: await serverWith(version),
    atOnce: 2,
    print: (line) => expect.fail(line),
  });

  it('when it needs a newer engine than the one that runs', async () => {
    const wanted = { tutorials: [tutorial('django', 'v23.2')], modes: MODES, update: false };
    expect(await verifyAll(wanted, await untold('v21.1.0'))).toEqual({
      right: 0,
      wrong: 0,
      steps: 0,
      leftOut: ['django needs CockroachDB v23.2 or newer, and CockroachDB v21.1.0 runs here'],
    });
  });

  it('when it has no step in the wanted mode', async () => {
    const wanted = { tutorials: [tutorial('certificates')], modes: ['insecure'] as const, update: false };
    expect(await verifyAll(wanted, await untold('v25.2.0'))).toMatchObject({
      right: 0,
      leftOut: ['certificates has no steps in insecure mode'],
    });
  });

  it('and only then', async () => {
    const wanted = { tutorials: [tutorial('certificates')], modes: MODES, update: false };
    await expect(verifyAll(wanted, await untold('v25.2.0'))).rejects.toThrow('no sandbox: 503');
  });
});

describe('a page with mistakes in its text', () => {
  it('is not run, and its mistakes are told', async () => {
    const lines: string[] = [];
    const faulty = sourceTutorial('pony', { steps: [secureStep], mistakes: ['content/tutorials/a.mdx:3: found x; …'] });
    const place = { url: await serverWith('v25.2.0'), atOnce: 2, print: (line: string) => void lines.push(line) };
    expect(await verifyAll({ tutorials: [faulty], modes: MODES, update: false }, place)).toMatchObject({ wrong: 1 });
    expect(lines).toEqual([
      'WRONG  pony: 1 mistake in its sources, so it was not run',
      '       content/tutorials/a.mdx:3: found x; …',
    ]);
  });
});
