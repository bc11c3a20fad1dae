import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareStandin } from '../../server/setup/standin.mjs';
import { judge, type Verdict } from './shell-judge.ts';
import { playGroup } from './shell-play.ts';
import { readGroups, type Outcome } from './shell-recording.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const GROUP_MS = 480_000;
const PORT = 26_740;
const PORTS_OF_GROUP = 5;
const LEAST_SAME = 0.9;
/** Another `cockroach` to compare with: what it does otherwise is reported, not failed, since newer versions say other things. */
const other = process.env['CONFORMANCE_COCKROACH'];
/** What the stand-in has not: it must say so, in place of what was recorded. */
const ABSENT = new Set(['sqlfmt']);

const verdicts = new Map<string, Verdict[]>();
let cockroach = other ?? '';

beforeAll(async () => {
  if (other !== undefined) return;
  const { directory } = await prepareStandin({ root: ROOT, stateDir: join(ROOT, '.bankrun'), say: () => undefined });
  cockroach = join(directory, 'bin', 'cockroach');
}, GROUP_MS);

describe.each(readGroups().map((group, index) => ({ ...group, index })))('the cockroach command, $group', ({ index, ...group }) => {
  let seen: Outcome[] = [];
  const judged: Verdict[] = [];
  verdicts.set(group.group, judged);

  beforeAll(async () => {
    seen = await playGroup(cockroach, group, PORT + index * PORTS_OF_GROUP);
  }, GROUP_MS);

  it.each(group.cases.map((each, at) => ({ ...each, at, line: each.argv.join(' ').replace(/\s+/g, ' ') })))('$at: cockroach $line', ({ at, argv, expect: wanted }) => {
    const outcome = seen[at]!;
    if (other === undefined && ABSENT.has(argv[0] ?? '')) {
      expect(outcome).toMatchObject({ exit: 1, stdout: '', stderr: expect.stringContaining('does not have') });
      return;
    }
    const { verdict, why } = judge(wanted, outcome);
    judged.push(verdict);
    if (other === undefined) expect(verdict, why.join('\n')).not.toBe('differs');
  });
});

describe('the cockroach command, in all', () => {
  const count = (list: Verdict[], ...wanted: Verdict[]): number => list.filter((verdict) => wanted.includes(verdict)).length;

  it.skipIf(other !== undefined)('prints the same as CockroachDB in nine of ten command lines', () => {
    const all = [...verdicts.values()].flat();
    const known = readGroups().flatMap(({ cases }) => cases).filter(({ argv }) => !ABSENT.has(argv[0] ?? ''));
    expect(all.length, 'some were not played').toBe(known.length);
    expect(count(all, 'same', 'same-text') / all.length).toBeGreaterThanOrEqual(LEAST_SAME);
  });

  afterAll(() => {
    const row = (name: string, list: Verdict[]): string => `${name.padEnd(16)}${[count(list, 'same'), count(list, 'same-text'), count(list, 'exit-only'), count(list, 'differs')].map((n) => String(n).padStart(11)).join('')}`;
    console.log([`${'command lines'.padEnd(16)}       same  same-text  exit-only    differs`, ...[...verdicts].map(([name, list]) => row(name, list)), row('all', [...verdicts.values()].flat())].join('\n'));
  });
});
