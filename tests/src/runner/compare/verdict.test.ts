import { describe, expect, it } from 'vitest';
import type { Holdings, RunEvent } from '../../../../shared/protocol.ts';
import { explainDifference } from '../../../../shared/expectation/compare.ts';
import type { Block } from '../../../../src/runner/step/block.ts';
import type { Remembered } from '../../../../src/runner/cluster/remembered.ts';
import { countRun, runsIn } from '../../../../src/runner/cluster/run-count.ts';
import type { Conditions } from '../../../../src/runner/compare/reasons.ts';
import { verdictWord } from '../../../../src/sentences/verdict-sentences.ts';
import { judge as judgeKept, judgedOf } from '../../../../src/runner/compare/verdict.ts';

const block = (id: string, expected?: string, rest: Partial<Block> = {}): Block =>
  ({
    id,
    kind: 'shell',
    title: id,
    original: id,
    authored: id,
    expected: expected === undefined ? undefined : { text: expected, unordered: false },
    ...rest,
  }) as Block;
const printed = (text: string): RunEvent[] => [{ type: 'output', stream: 'stdout', text }];
const did = (id: string, text: string, rest: Partial<Remembered['done'][string]> = {}): Remembered['done'] => ({
  [id]: { sandbox: 'box', snapshot: 's', text: id, events: printed(text), ...rest },
});
/** Judges a step as the page does when it has been done: by what was known then, which is kept with it. */
const judge = (
  step: Block,
  steps: Block[],
  done: Remembered['done'],
  conditions?: Conditions,
): ReturnType<typeof judgeKept> => {
  const record = done[step.id];
  const judged = conditions && judgedOf(step, steps, done, conditions);
  if (record && judged) record.judged ??= judged;
  return judgeKept(step, steps, done);
};
const now: Conditions = { heldBefore: undefined, hasOthersWork: false, ran: undefined, notDone: undefined };
const ran = (times: Record<string, number>, edited = false): Remembered['ran'] => ({ sandbox: 'box', times, edited });
const holds = (...tables: [string, number][]): Holdings => ({
  tables: tables.map(([name, count]) => ({ database: 'bank', name, columns: [], rows: [], count })),
  unlisted: { tables: 0, databases: 0 },
});

describe('the verdict on a step', () => {
  it('says that the output was expected, or how it differs', () => {
    const step = block('go', 'a {int}');
    expect(judge(step, [step], did('go', 'a 1\n'), now)).toEqual({ is: 'fits' });
    expect(judge(step, [step], did('go', 'b\n'), now)).toMatchObject({
      is: 'differs',
      differing: 1,
      comparison: { differing: 1 },
      reasons: [],
    });
  });

  it('says so when nothing was printed', () => {
    const step = block('go', 'a\nb');
    const verdict = judge(step, [step], did('go', '\n'), now)!;
    expect(verdictWord(verdict)).toBe('printed nothing, but 2 lines are expected');
  });

  it('reads rows as the shell prints them', () => {
    const step = block('go', '  count\n---------\n    100\n(1 row)');
    const rows: RunEvent[] = [{ type: 'rows', columns: ['count'], rows: [['100']], tag: 'SELECT 1' }];
    expect(judge(step, [step], did('go', '', { events: rows }), now)).toEqual({ is: 'fits' });
  });

  it('does not exist for a step without expected output, or one that was not done', () => {
    expect(judge(block('go'), [block('go')], did('go', 'a'), now)).toBeUndefined();
    expect(judge(block('go', 'a'), [block('go', 'a')], {}, now)).toBeUndefined();
  });

  it('compares a label with an earlier step’s value in the same cluster, also after a reload', () => {
    const steps = [block('first', 'money {int:money}'), block('second', 'still {int:money}')];
    const done = { ...did('first', 'money 7'), ...did('second', 'still 8') };
    const differs = judge(steps[1]!, steps, done, now);
    expect(differs?.is === 'differs' && explainDifference(differs.comparison!)).toBe('- still 7\n+ still 8');
    done['first'] = did('first', 'money 8')['first']!;
    expect(judge(steps[1]!, steps, done)?.is).toBe('differs');
    delete done['second']!.judged;
    expect(judge(steps[1]!, steps, done, now)).toEqual({ is: 'fits' });
    done['first'] = did('first', 'money 9', { sandbox: 'another' })['first']!;
    delete done['second']!.judged;
    expect(judge(steps[1]!, steps, done, now)).toEqual({ is: 'fits' });
  });

  it('is not passed on edited code or an edited file of an earlier step; other edits do not matter', () => {
    const steps = [block('install'), block('a.py', undefined, { kind: 'file' }), block('go', 'a')];
    const verdict = (done: Remembered['done']): ReturnType<typeof judge> =>
      judge(steps[2]!, steps, { ...did('go', 'b'), ...done }, now);
    expect(verdict(did('go', 'a', { text: 'mine' }))).toEqual({ is: 'not-compared', why: 'the code is edited' });
    expect(verdict(did('a.py', '', { text: 'mine' }))).toEqual({ is: 'not-compared', why: 'a.py is edited' });
    expect(verdict(did('a.py', '', { text: 'mine', sandbox: 'another' }))?.is).toBe('differs');
    expect(verdict(did('install', '', { text: 'mine' }))?.is).toBe('differs');
  });

  it('is not passed on more output than is kept', () => {
    const step = block('go', 'a');
    expect(judge(step, [step], did('go', '', { events: undefined as never }), now)).toEqual({
      is: 'not-compared',
      why: 'the output is too long',
    });
  });
});

describe('the verdict on a step that must fail', () => {
  const failed = (code: { exitCode?: number; sqlState?: string }, text = ''): Remembered['done'] =>
    did('go', '', {
      events: [...printed(text), { type: 'done', step: 'go', ok: false, ms: 5, ...code }],
    });
  const succeeded = (): Remembered['done'] =>
    did('go', '', { events: [{ type: 'done', step: 'go', ok: true, ms: 5 }] });
  const words = (step: Block, done: Remembered['done']): string => verdictWord(judge(step, [step], done, now)!);

  it('is that it failed as expected, with the code that the page says, if it says one', () => {
    expect(words(block('go', undefined, { fails: {} }), failed({ exitCode: 2 }))).toBe('as expected');
    expect(words(block('go', undefined, { fails: { exitCode: 2 } }), failed({ exitCode: 2 }))).toBe('as expected');
    expect(words(block('go', 'no', { fails: { sqlState: '23505' } }), failed({ sqlState: '23505' }, 'no\n'))).toBe(
      'as expected',
    );
  });

  it('is that it should have failed, or failed with another code', () => {
    expect(words(block('go', undefined, { fails: {} }), succeeded())).toBe('but should have failed');
    expect(words(block('go', undefined, { fails: { exitCode: 2 } }), failed({ exitCode: 1 }))).toBe(
      'but should have failed with exit code 2',
    );
    expect(words(block('go', 'no', { fails: { sqlState: '23505' } }), failed({}, 'no'))).toBe(
      'but should have failed with SQLSTATE 23505',
    );
  });

  it('compares its message, too', () => {
    const step = block('go', 'no', { fails: {} });
    expect(judge(step, [step], failed({ exitCode: 2 }, 'yes'), now)).toMatchObject({
      is: 'differs',
      differing: 1,
      comparison: { first: { printed: 'yes' } },
    });
    expect(judge(step, [step], failed({ exitCode: 2 }, 'yes'), now)).not.toHaveProperty('meant');
  });

  it('is not passed on edited code', () => {
    const step = block('go', undefined, { fails: {} });
    const edited = { go: { ...succeeded()['go']!, text: 'mine' } };
    expect(judge(step, [step], edited, now)).toMatchObject({ is: 'not-compared' });
  });
});

describe('the verdict on output that is too long to keep', () => {
  const step = block('go', '…\n(2000 rows)');
  const long = (text: string): RunEvent[] => printed(`${'x\n'.repeat(2000)}(${text} rows)`);
  const kept = (): Remembered['done'] => did('go', '', { events: undefined as never });

  it('is passed while it is shown', () => {
    expect(judgeKept(step, [step], kept(), long('2000'))).toEqual({ is: 'fits' });
    expect(judgeKept(step, [step], kept(), long('1999'))).toMatchObject({ differing: 1, comparison: {} });
  });

  it('is remembered without the lines', () => {
    const done = kept();
    const judged = { known: {}, reasons: [], found: { differing: 0 } };
    done['go']!.judged = judged;
    expect(judgeKept(step, [step], done)).toEqual({ is: 'fits' });
    done['go']!.judged = { ...judged, found: { differing: 3 } };
    expect(judgeKept(step, [step], done)).toEqual({ is: 'differs', differing: 3, reasons: [] });
    done['go'] = { ...done['go']!, events: printed('the beginning'), isShort: true };
    expect(judgeKept(step, [step], done)).toEqual({ is: 'differs', differing: 3, reasons: [] });
  });
});

describe('the reasons of a difference', () => {
  const count = block('count', '100', {
    kind: 'sql',
    original: 'SELECT COUNT(*) FROM accounts;',
    title: 'SELECT COUNT(*) FROM accounts;',
  });
  const steps = [block('a.py', undefined, { kind: 'file' }), block('go', 'a'), count];
  const reasons = (id: string, rest: Partial<Conditions>): string[] => {
    const verdict = judge(
      steps.find((step) => step.id === id)!,
      steps,
      did(id, 'x'),
      { ...now, ...rest },
    );
    return verdict?.is === 'differs' ? verdict.reasons : [];
  };

  it.each([
    ['it ran before', 'go', { ran: ran({ go: 2, 'a.py': 2 }) }, ['It had run in this cluster before.']],
    [
      'it ran before, and what was there then',
      'go',
      { ran: ran({ go: 2 }), heldBefore: holds(['accounts', 100], ['empty', 0]) },
      ['It had run in this cluster before: bank.accounts held 100 rows.'],
    ],
    [
      'it ran before, and there was much',
      'go',
      { ran: ran({ go: 2 }), heldBefore: holds(['a', 1], ['b', 1], ['c', 1]) },
      ['It had run in this cluster before.'],
    ],
    ['an earlier step ran more than once', 'count', { ran: ran({ go: 3 }) }, ['“go” has run 3 times in this cluster.']],
    [
      'edited code ran before',
      'count',
      { ran: ran({ go: 1 }, true) },
      ['Code that you edited has run in this cluster.'],
    ],
    [
      'another page was at work there',
      'go',
      { hasOthersWork: true },
      ['Your cluster also holds what was done on another page.'],
    ],
    [
      'an earlier step has not run',
      'count',
      { notDone: steps[1] },
      ['An earlier step has not run in this cluster: “go”.'],
    ],
    ['a statement that only reads ran before: none', 'count', { ran: ran({ count: 5, go: 1 }) }, []],
    ['a file was written twice: none', 'go', { ran: ran({ 'a.py': 2, go: 1 }) }, []],
    ['nothing is known: none', 'go', {}, []],
  ])('%s', (_, id, rest, sentences) => {
    expect(reasons(id, rest)).toEqual(sentences);
  });

  it('stay what they were when it ran', () => {
    const done = did('go', 'x');
    judge(steps[1]!, steps, done, { ...now, hasOthersWork: true });
    expect(judge(steps[1]!, steps, done)).toMatchObject({
      reasons: ['Your cluster also holds what was done on another page.'],
    });
  });

  it('are left to the tab that ran the step, by another one', () => {
    const done = did('go', 'x');
    judge(steps[1]!, steps, done);
    expect(done['go']!.judged).toBeUndefined();
  });
});

describe('how often a step began in a cluster', () => {
  it('is counted once for each run, however often its events are read, and restarts in another cluster', () => {
    const kept: Remembered = { sandbox: 'box', done: {}, failed: {} };
    const begin = (): boolean => countRun(kept, 'go', false);
    const start = (): void => void (kept.run = { location: '/run', steps: ['go'], sent: {}, sinceMs: 0 });
    expect(begin()).toBe(false);
    start();
    expect([begin(), begin(), runsIn(kept)]).toEqual([true, false, 1]);
    start();
    expect([begin(), runsIn(kept)]).toEqual([true, 2]);
    kept.sandbox = 'another';
    expect(runsIn(kept)).toBe(0);
    start();
    expect([begin(), runsIn(kept)]).toEqual([true, 1]);
  });
});
