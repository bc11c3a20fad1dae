import { beforeAll, describe, expect, it } from 'vitest';
import { standinCommand } from '../support/standin.ts';
import { judge, type Verdict } from './shell-judge.ts';
import { playGroup } from './shell-play.ts';
import { readGroups, type Case, type Outcome } from './shell-recording.ts';
import { count, verdictTable } from './verdict-table.ts';

const GROUP_MS = 480_000;
const MIN_SAME = 0.9;
const KINDS: Verdict[] = ['same', 'same-text', 'exit-only', 'differs'];
/**
 * Another `cockroach` to compare with. Its differences are reported and fail nothing, because newer versions print
 * other things.
 */
const other = process.env['CONFORMANCE_COCKROACH'];
/** What the stand-in does not have: it must say so instead of doing what was recorded. */
const ABSENT: { fits: (each: Case) => boolean; says: string }[] = [
  { fits: ({ argv }) => argv[0] === 'sqlfmt', says: 'the stand-in for CockroachDB does not have the command' },
  {
    fits: ({ argv, expect: { exit } }) => exit === 0 && argv.some((word) => /pw:secret|--user=pw/.test(word)),
    says: 'password authentication failed for user pw',
  },
];
const absence = (each: Case): string | undefined =>
  other === undefined ? ABSENT.find(({ fits }) => fits(each))?.says : undefined;

const verdicts = new Map<string, Verdict[]>();
let cockroach = other ?? '';

beforeAll(async () => {
  if (other !== undefined) return;
  cockroach = await standinCommand();
}, GROUP_MS);

describe.each(readGroups())('the cockroach command, $group', (group) => {
  let seen: Outcome[] = [];
  const judged: Verdict[] = [];
  verdicts.set(group.group, judged);

  beforeAll(async () => {
    seen = await playGroup(cockroach, group);
  }, GROUP_MS);

  it.for(group.cases.map((each, at) => ({ ...each, at, line: each.argv.join(' ').replace(/\s+/g, ' ') })))(
    '$at: cockroach $line',
    ({ at, ...each }, { task }) => {
      const outcome = seen[at]!;
      task.meta.checked = { 'recorded command lines': 1 };
      const says = absence(each);
      if (says !== undefined) {
        expect(outcome.exit).toBe(1);
        expect(outcome.stdout + outcome.stderr).toContain(says);
        return;
      }
      const { verdict, why } = judge(each.expect, outcome);
      judged.push(verdict);
      if (other === undefined) expect(verdict, why.join('\n')).not.toBe('differs');
    },
  );
});

describe('the cockroach command, overall', () => {
  it('is reported by group', () => {
    expect([...verdicts.keys()]).toEqual(readGroups().map(({ group }) => group));
    console.log(verdictTable('command lines', KINDS, verdicts));
  });

  it('prints the same as CockroachDB in nine of ten command lines', (context) => {
    if (other !== undefined)
      context.skip('CONFORMANCE_COCKROACH names another engine, which is reported and not judged');
    const all = [...verdicts.values()].flat();
    const known = readGroups()
      .flatMap(({ cases }) => cases)
      .filter((each) => absence(each) === undefined);
    expect(all.length, 'some were not played').toBe(known.length);
    expect(count(all, 'same', 'same-text') / all.length).toBeGreaterThanOrEqual(MIN_SAME);
  });
});
