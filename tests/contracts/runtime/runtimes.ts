import { describe, test } from 'vitest';
import { findRuntimes } from '../../../server/setup/choose-runtime.mjs';
import { WITHOUT_SANDBOX } from '../../server/oci/test-runtime.ts';

/** What starts containers. runc must be on the machine; gVisor is tested where it is. */
export type RuntimeName = 'runc' | 'runsc';

const hasGvisor = findRuntimes('runsc').length > 0;

/**
 * Describes something for each runtime. One that is not on this machine gets one skipped test, with the reason.
 */
export function describeRuntimes(define: (name: RuntimeName) => void): void {
  describe.skipIf(WITHOUT_SANDBOX).each<RuntimeName>(['runc', 'runsc'])('%s', (name) => {
    if (name === 'runc' || hasGvisor) define(name);
    else test('does the same', (context) => context.skip(`${name} is not on this machine`));
  });
}
