import { describe, expect, it } from 'vitest';
import type { EngineInfo, RunEvent, SandboxInfo } from '../../shared/protocol.ts';
import type { Reader } from '../../commands/client/reader.ts';
import { whyLeftOut } from '../../commands/verify/needs.ts';
import { readTutorials } from '../../commands/verify/tutorial.ts';
import { verifyTutorial } from '../../commands/verify/verification.ts';

/** A reader whose server tells that it runs on that engine. */
const readerOf = (engine: EngineInfo | undefined): Pick<Reader, 'ask'> => ({
  ask: async <T>() => ({ status: 200, headers: new Headers(), body: { ready: true, engine } as T }),
});
const cockroach = (version: string): Pick<Reader, 'ask'> => readerOf({ name: 'CockroachDB', version, standIn: false });

const SANDBOX: SandboxInfo = {
  id: 's',
  mode: 'secure',
  state: 'ready',
  engine: { name: 'CockroachDB', version: 'v26.2.5', standIn: false },
  done: [],
  expiresAtMs: 0,
};

describe('a tutorial that needs a version', () => {
  it('is skipped on an older engine, with the needed and the running version as the reason', async () => {
    const tutorial = { slug: 'django', needs: 'v23.2' };
    expect(await whyLeftOut(cockroach('v21.1.0'), tutorial)).toBe(
      'django needs CockroachDB v23.2 or newer, and CockroachDB v21.1.0 runs here',
    );
    expect(await whyLeftOut(cockroach('v23.2.1'), tutorial)).toBeUndefined();
    expect(await whyLeftOut(readerOf(undefined), tutorial)).toBeUndefined();
    expect(await whyLeftOut(cockroach('v21.1.0'), { slug: 'pony' })).toBeUndefined();
  });

  it('says so in its page, like Django’s, whose backend requires v23.2', () => {
    expect(readTutorials().find(({ slug }) => slug === 'django')?.needs).toBe('v23.2');
    expect(readTutorials().find(({ slug }) => slug === 'pony')?.needs).toBeUndefined();
  });
});

describe('effects of a tutorial', () => {
  it('refuse to check a truncated answer', async () => {
    const events: RunEvent[] = [
      { type: 'rows', columns: ['id'], rows: [['1']], tag: 'SELECT 1500', count: 1500 },
      { type: 'end', reason: 'finished' },
    ];
    const reader = {
      claim: async () => SANDBOX,
      run: async () => ({ location: '', events, ids: [] }),
      reset: async () => undefined,
    };
    const { faults } = await verifyTutorial(reader, { slug: 'none', steps: [] }, 'secure', async ({ query }) =>
      (await query('SELECT id FROM accounts')).map(String),
    );
    expect(faults).toEqual([
      expect.stringContaining('SELECT id FROM accounts: has 1500 rows, more than the server sends (1)'),
    ]);
  });
});
