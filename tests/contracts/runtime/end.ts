import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { echoes } from '../../server/oci/test-runtime.ts';
import { groupPlaces } from '../../support/places.ts';
import type { SharedContainer } from './shared-container.ts';

/** Describes the contract of a container's end. */
export function describeEnd(shared: SharedContainer): void {
  describe('its end', () => {
    test('ends everything in the container, once, and says why', async () => {
      const own = await shared.testRuntime.create();
      const running = own.run(
        { account: 'reader', argv: ['sleep', '100'], timeoutMs: 60_000, outputBytes: 10 },
        () => undefined,
      );
      const stream = own.connect(26_257);
      const closed = new Promise((settle) => stream.once('close', settle));
      await Promise.all([own.dispose(), own.dispose()]);
      expect(await own.closed).toEqual({ reason: 'it was disposed of' });
      await expect(running.ended).rejects.toMatchObject({ code: 'sandbox-lost' });
      await expect(own.writeFile('reader', 'x', 'x')).rejects.toMatchObject({ code: 'sandbox-lost' });
      await closed;
      await own.dispose();
      await expect(own.usage()).rejects.toThrow();
    });

    test('is noticed when the agent dies', async () => {
      const own = await shared.testRuntime.create();
      const [group = ''] = groupPlaces().flatMap((cwd) =>
        globSync(`*/${own.id}`, { cwd }).map((path) => join(cwd, path)),
      );
      const pids = readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
      for (const pid of pids) endIfThere(pid);
      expect(await own.closed).toEqual({ reason: 'the agent is gone' });
      await own.dispose();
    });

    test('leaves nothing to sweep', async () => {
      expect(await shared.testRuntime.runtime.sweep()).toBe(0);
      expect(await echoes(shared.container)).toBe(true);
    });
  });
}

/** Kills a process, unless it has already ended together with another. */
function endIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ESRCH') throw failure;
  }
}
