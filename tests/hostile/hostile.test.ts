import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeRuntimes } from '../contracts/runtime/runtimes.ts';
import { programFiles, readPrograms } from './program.ts';
import { Targets } from './targets.ts';

describeRuntimes((name) => {
  const targets = new Targets();
  beforeAll(() => targets.open(name));
  afterAll(() => targets.close());

  describe('a hostile program', () => {
    const attacks = readPrograms().flatMap((program) => program.where.map((where) => ({ ...program, where })));
    const judged = new Set<string>();

    test.for(attacks)('$name in a $where', { timeout: 90_000 }, async (attack, { task }) => {
      await targets.expectToHold(attack);
      judged.add(attack.name);
      task.meta.checked = { 'hostile attacks': 1 };
    });

    test('leaves nothing to sweep', () => targets.expectNothingToSweep());

    test('was run to its judged end, each that there is', () => {
      expect(programFiles().filter((file) => !judged.has(file))).toEqual([]);
    });
  });
});
