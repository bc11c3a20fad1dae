import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { Tutorial } from '../../../commands/verify/tutorial.ts';
import { verifyAll } from '../../../commands/verify/verify-all.ts';
import type { Health } from '../../../shared/protocol.ts';
import { MODES } from '../../../shared/modes.ts';
import type { PageStep } from '../../../shared/step.ts';
import { listen } from '../../server/http/listening.ts';

const secureStep: PageStep = {
  step: { id: 'list', kind: 'shell', command: 'ls' },
  mode: 'secure',
  source: { file: 'some.mdx', line: 1 },
};
const tutorial = (slug: string, needs?: string): Tutorial => ({
  slug,
  ...(needs === undefined ? {} : { needs }),
  steps: [secureStep],
});

/** Starts a server without any sandboxes. Returns its address. */
async function serverWith(version: string): Promise<string> {
  const health: Health = { ready: true, engine: { name: 'CockroachDB', version, standIn: false } };
  const app = new Hono()
    .get('/api/health', (context) => context.json(health))
    .post('/api/sandboxes', (context) => context.json({ code: 'busy' }, 503));
  return (await listen(app)).url;
}

describe('a tutorial is left out of verification, with the reason,', () => {
  const untold = (line: string): never => expect.fail(line);

  it('when it needs a newer engine than the one that runs', async () => {
    const wanted = { tutorials: [tutorial('django', 'v23.2')], modes: MODES, update: false };
    expect(await verifyAll(wanted, await serverWith('v21.1.0'), untold)).toEqual({
      right: 0,
      wrong: 0,
      steps: 0,
      leftOut: ['django needs CockroachDB v23.2 or newer, and CockroachDB v21.1.0 runs here'],
    });
  });

  it('when it has no step in the wanted mode', async () => {
    const wanted = { tutorials: [tutorial('certificates')], modes: ['insecure'] as const, update: false };
    expect(await verifyAll(wanted, await serverWith('v25.2.0'), untold)).toMatchObject({
      right: 0,
      leftOut: ['certificates has no steps in insecure mode'],
    });
  });

  it('and only then', async () => {
    const wanted = { tutorials: [tutorial('certificates')], modes: MODES, update: false };
    await expect(verifyAll(wanted, await serverWith('v25.2.0'), untold)).rejects.toThrow('no sandbox: 503');
  });
});
