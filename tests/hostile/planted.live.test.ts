import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, Container } from '../../server/oci/container.ts';
import { CleanUpStack } from '../../server/process/clean-up-stack.ts';
import { describeRuntimes } from '../contracts/runtime/runtimes.ts';
import { looseRuntime } from '../server/oci/loose-runtime.ts';
import { makeStateDir, programOf } from '../server/oci/test-runtime.ts';
import { readProgram, readPrograms } from './program.ts';
import { Targets, type Attack } from './targets.ts';

/** Returns a program with these lines after what every head says. */
function planted(...lines: string[]): Attack {
  const text = ['# tries: to get out.', '# holds: it stays in.', ...lines, ''].join('\n');
  return { ...readProgram('planted.py', text), where: 'run' };
}

const HELD = "print('held')";

/** What a program does, and what the judge must say about it. */
const PLANTED: [does: string, program: Attack, complaint: RegExp][] = [
  ['says that it got through', planted("print('BROKEN it is out')", HELD), /BROKEN it is out/],
  ['comes to no verdict', planted('pass'), /it came to a verdict/],
  ['fails before its verdict, having no certain end', planted('# ends: any', 'raise SystemExit(1)'), /to a verdict/],
  ['is not ended, and must be', planted('# ends: 137', HELD), /to match object { exitCode: 137 }/],
  ['ends in time, and must not', planted('# ends: timeout', HELD), /to match object { cut: 'timeout' }/],
  ['prints little, and must not', planted('# ends: output', HELD), /to match object { cut: 'output' }/],
];

const HOARD = `
hoard = [bytearray(1 << 20) for _ in range(400)]
print('BROKEN it took', len(hoard), 'MiB', flush=True)`;

/** Puts into a file what the server must not find there, as soon as the server has written it. */
const SECRETS = `
import time
until = time.monotonic() + 2
while time.monotonic() < until:
    with open('x', 'w') as file:
        file.write('secret of another place')`;

/** Mounts memory without a size. */
const UNSIZED = `
for (const mount of spec.mounts) mount.options = mount.options.filter((option) => !option.startsWith('size='));`;

describeRuntimes((name) => {
  const targets = new Targets();
  beforeAll(() => targets.open(name));
  afterAll(() => targets.close());

  describe('hostile programs are judged to have got through', () => {
    test.for(PLANTED)('when one %s', async ([, program, complaint]) => {
      await expect(targets.expectToHold(program)).rejects.toThrow(complaint);
    });

    test('when a sandbox may use more memory than it should', async () => {
      const program = planted('# ends: 137', HOARD);
      await expect(targets.expectToHold(program, 640 << 20)).rejects.toThrow('BROKEN it took 400 MiB');
    });

    test('when one of the reader’s processes keeps running', async () => {
      const leave = (container: Container): void => start(container, 'background', ['sleep', '60']);
      await expect(targets.expectToHold(planted(HELD), undefined, leave)).rejects.toThrow('the next run');
    });

    test('when the server reads what is somewhere else', async () => {
      const program = planted('# written: ["x"]', SECRETS, HELD);
      await expect(targets.expectToHold(program)).rejects.toThrow('secret of another place');
    });

    test('when the engine does not answer', async () => {
      const end = (container: Container): void => start(container, 'engine', ['sh', '-c', 'kill -KILL -1']);
      const slow = planted('import time', 'time.sleep(1)', HELD);
      await expect(targets.expectToHold(slow, undefined, end)).rejects.toThrow(/the engine answers/);
    });
  });

  test('hostile programs get through a runtime that mounts memory without a size', async () => {
    const undo = new CleanUpStack();
    const unsized = new Targets();
    try {
      const program = await looseRuntime(programOf(name), await makeStateDir(undo), UNSIZED);
      undo.defer(() => unsized.close());
      await unsized.open(name, program);
      const hostile = readPrograms().find((each) => each.name === 'disk-fill.sh')!;
      await expect(unsized.expectToHold({ ...hostile, where: 'run' })).rejects.toThrow('BROKEN /tmp took');
    } finally {
      await undo.dispose();
    }
  });
});

/** Starts a program next to the one that is judged; it ends with its container. */
function start(container: Container, account: Account, argv: string[]): void {
  const { ended } = container.run({ account, argv, timeoutMs: 60_000, outputBytes: 1024 }, () => undefined);
  ended.catch(() => undefined);
}
