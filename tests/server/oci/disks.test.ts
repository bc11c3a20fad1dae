import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCgroups } from '../../../server/oci/cgroups.ts';
import { disksOf } from '../../../server/oci/disks.ts';
import { idsAtHand } from '../../../server/oci/host-ids.ts';
import { openTestRuntime, WITHOUT_SANDBOX } from './test-runtime.ts';

describe('the disk of a file', () => {
  test('is named as the kernel lists it, once for all files on it', async () => {
    const { disks, unknown } = await disksOf(['/usr/bin', '/usr/lib', '/usr/bin']);
    expect(disks.length + unknown.length).toBeGreaterThan(0);
    expect(new Set(disks).size).toBe(disks.length);
    for (const disk of disks) {
      const device = join('/sys/dev/block', disk);
      expect(readdirSync(device)).toContain('queue');
      expect(existsSync(join(device, 'partition')), 'it is a whole disk').toBe(false);
    }
  });

  test('is unknown when the file system names none, and does not exist for a file in memory', async () => {
    expect(await disksOf(['/proc', '/dev/shm'])).toEqual({ disks: [], unknown: ['/proc'] });
  });
});

describe.skipIf(WITHOUT_SANDBOX)('a sandbox', () => {
  test('reads from each disk of the host under a limit, or the operator is told', async () => {
    const testRuntime = await openTestRuntime();
    try {
      const id = `disks-${process.pid}`;
      await testRuntime.create({ id });
      const { disks, unknown } = await disksOf(['/usr/bin', testRuntime.stateDir]);
      const { disks: limited } = await limitsOf(id);
      if (testRuntime.runtime.unlimited.size === 0) {
        expect(unknown).toEqual([]);
        expect(limited).toEqual(expect.arrayContaining(disks));
      } else expect([...testRuntime.runtime.unlimited].join()).toMatch(/^reading from disk/);
    } finally {
      await testRuntime.dispose();
    }
  });
});

/** Returns the limits of the container's control group, which is in that of its runtime. */
async function limitsOf(id: string): Promise<{ disks: string[] }> {
  const cgroups = await openCgroups('bankrun-disks-test', idsAtHand().isMachines);
  try {
    const own = dirname(cgroups.parent);
    for (const name of await cgroups.children(own)) {
      const group = join(own, name);
      if (name.startsWith('bankrun-') && (await cgroups.children(group)).includes(id))
        return await cgroups.limits(join(group, id));
    }
  } finally {
    await cgroups.remove(cgroups.parent);
  }
  throw new Error(`there is no control group of ${id}`);
}
