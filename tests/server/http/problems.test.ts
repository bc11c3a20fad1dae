import { expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import { problemOf } from '../../../server/http/problems.ts';
import type { ServerEvent } from '../../../server/report.ts';

it('what is refused is reported with its limit, and a failure on our side with the id that the reader sees', () => {
  const events: ServerEvent[] = [];
  const report = (event: ServerEvent): unknown => events.push(event);
  problemOf(new AppError('full', 'All taken.', { limit: 'slots' }), report);
  const cause = new Error('a bug');
  const { id } = problemOf(cause, report).problem.error;
  problemOf(new AppError('not-found', 'No such run.'), report);
  expect(events).toEqual([
    { type: 'answered-with-problem', code: 'full' },
    { type: 'refused', limit: 'slots' },
    { type: 'failure', id, about: '', cause },
    { type: 'answered-with-problem', code: 'internal' },
    { type: 'answered-with-problem', code: 'not-found' },
  ]);
});
