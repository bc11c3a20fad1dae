import { describe, expect, it } from 'vitest';
import { lanesIn } from '../../../src/lanes/lane-events.ts';

const COLLISION = `  87 ms  session A  attempt 1  SELECT     there are 1000
  89 ms  session B  attempt 1  SELECT     there are 1000
noise of another kind
 102 ms  session A  attempt 1  COMMIT     done
 105 ms  session B  attempt 1  error      40001
 110 ms  session B  attempt 1  ROLLBACK   as if nothing had happened
 110 ms  session B  attempt 1  back-off   17 ms
 131 ms  session B  attempt 2  SELECT     there are 900
`;

describe('lanes in what a program printed', () => {
  it('are its sessions, with what each did and when', () => {
    const { sessions, events } = lanesIn(COLLISION)!;
    expect(sessions).toEqual(['A', 'B']);
    expect(events.map(({ session, kind }) => `${session} ${kind}`)).toEqual([
      'A statement',
      'B statement',
      'A commit',
      'B error',
      'B rollback',
      'B back-off',
      'B statement',
    ]);
    expect(events.at(-1)).toEqual({
      ms: 131,
      session: 'B',
      attempt: 2,
      what: 'SELECT',
      outcome: 'there are 900',
      kind: 'statement',
    });
  });

  it('may have no outcome, and line endings of any kind', () => {
    expect(
      lanesIn('1 ms  session A  attempt 1  COMMIT\r\n2 ms  session B  attempt 1  COMMIT')?.events.map(
        ({ outcome }) => outcome,
      ),
    ).toEqual(['', '']);
  });

  it.each([
    ['nothing', ''],
    ['one session alone', COLLISION.replaceAll('session B', 'session A')],
    ['a traceback', 'Traceback (most recent call last):\n  File "a.py"\n'],
    ['columns that are not apart', '1 ms session A attempt 1 COMMIT done\n2 ms session B attempt 1 COMMIT done'],
    [
      'more sessions than stand beside each other',
      [1, 2, 3, 4, 5].map((name) => `1 ms  session ${name}  attempt 1  COMMIT`).join('\n'),
    ],
    ['more events than anybody reads', COLLISION.repeat(40)],
    ['more lines than are looked at', `${COLLISION}${'\n'.repeat(2000)}`],
  ])('are not in %s', (_, printed) => {
    expect(lanesIn(printed)).toBeUndefined();
  });
});
