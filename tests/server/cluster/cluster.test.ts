import { expect, it } from 'vitest';
import { startCluster } from '../../../server/cluster/cluster.ts';
import type { ClusterHost } from '../../../server/cluster/cluster-host.ts';
import { ENGINE } from './test-engine.ts';

/** Returns a host whose engine never answers; `becomes` overrides the rest. */
function hostThat(becomes: Partial<ClusterHost>): ClusterHost {
  const never = new Promise<never>(() => undefined);
  return {
    run: () => ({ ended: never }),
    startEngine: () => Promise.resolve(),
    engineEnded: never,
    closed: never,
    readFile: () => never,
    writeFile: () => never,
    connect: () => {
      throw new Error('connect: refused');
    },
    ...becomes,
  };
}

it('an engine that exits instead of starting is reported to the operator with its last output', async () => {
  const log = [
    `${'an earlier line\n'.repeat(50)}ERROR: cannot load the license`,
    '\u001b[31mFailed running "start-single-node"',
    '',
  ].join('\n');
  const failure: unknown = await startCluster(
    hostThat({ engineEnded: Promise.resolve({ exitCode: 1, log }) }),
    ENGINE,
    false,
  ).catch((cause: unknown) => cause);
  expect(failure).toMatchObject({
    code: 'unavailable',
    message: 'The database did not start.',
    forOperator: expect.stringMatching(
      /it ended with exit code 1, and said: [^]*cannot load the license\n.*Failed running/,
    ) as string,
  });
  const { forOperator } = failure as { forOperator: string };
  expect(forOperator.length).toBeLessThan(1200);
  expect(forOperator).not.toContain('\u001b');
});

it('a sandbox that is lost while its engine starts is not waited for', async () => {
  const going = startCluster(hostThat({ closed: Promise.resolve({ reason: 'it was disposed of' }) }), ENGINE, false);
  await expect(going).rejects.toMatchObject({
    code: 'unavailable',
    forOperator: expect.stringContaining('it was disposed of') as string,
  });
});
