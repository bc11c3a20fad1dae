import { expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import type { Container } from '../../../server/oci/container.ts';
import { SHARES } from '../../../server/oci/processor-shares.ts';
import type { Runtime } from '../../../server/oci/runtime.ts';
import { startClusterContainer } from '../../../server/sandbox/cluster-container.ts';
import { ENGINE } from '../cluster/test-engine.ts';

it.each<[string, AppError]>([
  ['the sandbox is lost', new AppError('sandbox-lost', 'The sandbox is gone.', { cause: 'the agent is gone' })],
  [
    'a certificate cannot be put in its place',
    new AppError('file-refused', 'certs/ca.crt could not be written: no space is left in its place.'),
  ],
])(
  'when %s while a cluster starts, a claim fails as unavailable with the cause for the log, and nothing is left',
  async (_, cause) => {
    let disposals = 0;
    const container: Partial<Container> = {
      run: () => {
        throw cause;
      },
      dispose: async () => void (disposals += 1),
    };
    const runtime: Partial<Runtime> = { create: async () => container as Container };
    const failure: unknown = await startClusterContainer(
      { runtime: runtime as Runtime, engine: ENGINE, python: 'python3' },
      'secure',
    ).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'unavailable', message: 'A cluster could not be started.', cause });
    expect(disposals).toBe(1);
  },
);

it('a start that a reader waits for goes before programs in use, and one for the pool after them', async () => {
  const asked: (number | undefined)[] = [];
  const runtime: Partial<Runtime> = {
    create: ({ shares }) => {
      asked.push(shares);
      return Promise.reject(new Error('no more is needed'));
    },
  };
  const prerequisites = { runtime: runtime as Runtime, engine: ENGINE, python: 'python3' };
  for (const use of ['reader', 'pool'] as const)
    await expect(startClusterContainer(prerequisites, 'insecure', { use })).rejects.toThrow('no more is needed');
  const [forReader = 0, forPool = 0] = asked;
  expect(forReader).toBeGreaterThan(SHARES.inUse);
  expect(forPool).toBeLessThan(SHARES.inUse);
});
