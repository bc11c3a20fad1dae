import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CleanUpStack } from '../../server/process/clean-up-stack.ts';
import { describeRuntimes } from './runtime/runtimes.ts';
import { looseRuntime } from '../server/oci/loose-runtime.ts';
import { makeStateDir, openTestRuntime, programOf } from '../server/oci/test-runtime.ts';

/** What a runtime does not do, and how the configuration is altered to that effect. */
const ALTERED: [what: string, alter: string][] = [
  ['the system-call filter', 'delete spec.linux.seccomp;'],
  ['the removal of capabilities', "spec.process.capabilities.bounding.push('CAP_SYS_ADMIN');"],
  ['the memory limit', 'spec.linux.resources.memory = { limit: 2 * spec.linux.resources.memory.limit };'],
  ['the memory limit', 'delete spec.linux.resources.memory;'],
  ['the limit of processes', 'spec.linux.resources.pids.limit *= 2;'],
  ['the limit of processes', 'delete spec.linux.resources.pids;'],
  ['the processor limit', 'spec.linux.resources.cpu.quota *= 2;'],
  ['the processor limit', 'delete spec.linux.resources.cpu;'],
];

describeRuntimes((name) => {
  describe('a container is not given to a reader', () => {
    let undo: CleanUpStack;
    beforeEach(() => {
      undo = new CleanUpStack();
    });
    afterEach(() => undo.dispose());

    test.for(ALTERED)('when the runtime leaves out %s: %s', async ([what, alter]) => {
      const program = await looseRuntime(programOf(name), await makeStateDir(undo), alter);
      const { runtime, create, dispose } = await openTestRuntime(name, {}, program);
      undo.defer(dispose);
      await expect(create()).rejects.toMatchObject({
        code: 'unavailable',
        message: `Code cannot be confined on this machine. Not in force: ${what}.`,
      });
      expect(await runtime.sweep(), 'nothing of it is left').toBe(0);
    });

    test('but it is when the runtime does everything that it is told', async () => {
      const program = await looseRuntime(programOf(name), await makeStateDir(undo), '');
      const { create, dispose } = await openTestRuntime(name, {}, program);
      undo.defer(dispose);
      await expect(create()).resolves.toBeDefined();
    });
  });
});
