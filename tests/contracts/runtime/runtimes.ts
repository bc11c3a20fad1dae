import { describe, test } from 'vitest';
import { findRuntimes } from '../../../server/setup/choose-runtime.mjs';
import { WITHOUT_SANDBOX } from '../../server/oci/test-runtime.ts';

/** What starts containers. runc must be on the machine; gVisor is tested if it is there. */
export type RuntimeName = 'runc' | 'runsc';

const hasGvisor = findRuntimes('runsc').length > 0;

/**
 * Calls `define` in a `describe` for each runtime. A runtime that is not on this machine gets one skipped test, with
 * the reason.
 */
export function describeRuntimes(define: (name: RuntimeName) => void): void {
  describe.skipIf(WITHOUT_SANDBOX).each<RuntimeName>(['runc', 'runsc'])('%s', (name) => {
    if (name === 'runc' || hasGvisor) define(name);
    else test('fulfils the same contract', (context) => context.skip(`${name} is not on this machine`));
  });
}
