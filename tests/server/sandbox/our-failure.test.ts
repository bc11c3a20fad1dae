import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import type { RunEvent } from '../../../shared/protocol.ts';
import { Sandbox } from '../../../server/sandbox/sandbox.ts';
import { fakeClusterContainer } from './fake-cluster-container.ts';
import { LIMITS } from './test-limits.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function endOf(failure: Error): Promise<{ sandbox: Sandbox; end: RunEvent | undefined; logged: string }> {
  const sandbox = new Sandbox(
    fakeClusterContainer('secure', { writeFile: () => Promise.reject(failure) }).clusterContainer,
    LIMITS,
  );
  const { log } = sandbox.start([{ id: 'a.py', kind: 'file', path: 'a.py', text: '' }]);
  let end: RunEvent | undefined;
  for await (const { event } of log.follow(0, new AbortController().signal)) end = event;
  return { sandbox, end, logged: vi.mocked(console.error).mock.calls.flat().map(String).join(' ') };
}

it('an internal failure ends a run with a sentence and an id, and the log has the cause under it', async () => {
  const { sandbox, end, logged } = await endOf(new Error('a bug of ours'));
  expect(end).toMatchObject({
    type: 'end',
    reason: 'server-failed',
    message: expect.stringMatching(/^Something failed on our side while this ran\. .*\(Error [0-9a-f]{12}\.\)$/),
  });
  const id = /Error ([0-9a-f]+)/.exec(JSON.stringify(end))?.[1];
  expect(logged).toContain(`error ${id}:`);
  expect(logged).toContain('a bug of ours');
  await expect.poll(() => sandbox.info().state).toBe('ready');
});

it('an error with a sentence keeps it, and its cause goes only to the log', async () => {
  const { end, logged } = await endOf(
    new AppError('unavailable', 'The certificates could not be made.', { cause: 'openssl: /etc/x' }),
  );
  expect(JSON.stringify(end)).toContain('The certificates could not be made. Your cluster is still there. (Error ');
  expect(JSON.stringify(end)).not.toContain('/etc/x');
  expect(logged).toContain('The certificates could not be made.');
});
