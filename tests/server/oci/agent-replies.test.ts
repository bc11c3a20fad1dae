import { describe, expect, test } from 'vitest';
import { gapsInConfinement } from '../../../server/oci/agent-replies.ts';

const SHARED = { Seccomp: '2', NoNewPrivs: '1', CapBnd: '00000000000000c0', pid: 1 };

describe('the agent’s hello', () => {
  test('shows no gap when everything is in force', () => {
    expect(gapsInConfinement(SHARED, true)).toEqual([]);
  });

  test('need not report NoNewPrivs when the container has its own kernel', () => {
    expect(gapsInConfinement({ ...SHARED, NoNewPrivs: '' }, false)).toEqual([]);
  });

  test.each([
    ['the system-call filter', 'Seccomp', '0', true],
    ['the system-call filter', 'Seccomp', '0', false],
    ['the ban on new privileges', 'NoNewPrivs', '0', true],
    ['the removal of capabilities', 'CapBnd', '000001ffffffffff', true],
    ['the removal of capabilities', 'CapBnd', '000001ffffffffff', false],
    ['the process namespace', 'pid', 2, true],
    ['the process namespace', 'pid', 2, false],
  ])('names %s when %s is %s, and when it is not there (shared kernel: %s)', (gap, field, value, isKernelShared) => {
    expect(gapsInConfinement({ ...SHARED, [field]: value }, isKernelShared)).toEqual([gap]);
    expect(gapsInConfinement({ ...SHARED, [field]: undefined }, isKernelShared)).toEqual([gap]);
  });

  test.each([null, 'hello', {}])('that is %j shows every gap', (hello) => {
    expect(gapsInConfinement(hello, true)).toEqual([
      'the system-call filter',
      'the ban on new privileges',
      'the removal of capabilities',
      'the process namespace',
    ]);
  });
});
