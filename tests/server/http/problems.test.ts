import { expect, it } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import { problemOf } from '../../../server/http/problems.ts';
import type { ServerEvent } from '../../../server/report.ts';

it('what is refused is reported with its limit, and a failure on our side with the id that the reader sees', () => {
  const events: ServerEvent[] = [];
  const report = (event: ServerEvent): unknown => events.push(event);
  problemOf(new AppError('full', 'All taken.', { limit: 'slots' }), report);
  const cause = new Error('a bug');
  const { id } = problemOf(cause, report, 'r1').problem.error;
  problemOf(new AppError('not-found', 'No such run.'), report);
  expect(events).toEqual([
    { type: 'answered-with-problem', code: 'full' },
    { type: 'refused', limit: 'slots' },
    { type: 'failure', id, request: 'r1', about: '', cause },
    { type: 'answered-with-problem', request: 'r1', code: 'internal' },
    { type: 'answered-with-problem', code: 'not-found' },
  ]);
});

it('who waits is told when to ask again, their place, and the time until then if it is known', () => {
  const told = problemOf(new AppError('full', 'Wait.', { retryAfterSeconds: 1, place: 3, waitMs: 1234.5 }), () => 0);
  expect(told.headers).toEqual({ 'Retry-After': '1' });
  expect(told.problem.error).toEqual({ code: 'full', message: 'Wait.', place: 3, waitMs: 1235 });
  expect(problemOf(new AppError('full', 'Wait.', { place: 1 }), () => 0)).toMatchObject({
    headers: { 'Retry-After': '10' },
    problem: { error: { place: 1 } },
  });
});
