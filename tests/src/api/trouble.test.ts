import { describe, expect, it } from 'vitest';
import { AwayError, RefusedError } from '../../../src/api/request.ts';
import { troubleOf } from '../../../src/api/trouble.ts';

const refused = (status: number, message: string): RefusedError => new RefusedError(status, 'code', message);

describe('troubleOf', () => {
  it.each<[string, unknown, boolean, boolean, string, RegExp]>([
    ['Stop before the run began', new Error('aborted'), true, false, 'again', /before it began/],
    ['giving up a run that goes on', new Error('aborted'), true, true, 'resume', /may still be running/],
    [
      'a cluster that is gone',
      refused(410, 'Your cluster ran out of memory.'),
      false,
      false,
      'fresh',
      /ran out of memory\. What was done in it is lost/,
    ],
    [
      'a cluster that nobody knows',
      refused(404, 'There is no such sandbox of yours.'),
      false,
      false,
      'fresh',
      /no longer there\. What was done in it is lost/,
    ],
    [
      'another run under way',
      refused(409, 'Another run is under way.'),
      false,
      false,
      'again',
      /Another run is under way/,
    ],
    [
      'code that is too long',
      refused(400, 'steps.2.statements: must be at most 64 KiB.'),
      false,
      false,
      'again',
      /^The code must be at most 64 KiB\.$/,
    ],
    [
      'a server that is away',
      new AwayError('The server cannot be reached.'),
      false,
      false,
      'again',
      /cannot be reached\. You can read on/,
    ],
    [
      'a server that went away meanwhile',
      new AwayError('The connection was lost.'),
      false,
      true,
      'resume',
      /may still be running/,
    ],
    ['what nobody foresaw', new TypeError('x is undefined'), false, false, 'again', /reload/],
  ])('%s', (_, cause, gaveUp, hasBegun, remedy, sentence) => {
    const trouble = troubleOf(cause, { gaveUp, hasBegun });
    expect(trouble.remedy).toBe(remedy);
    expect(trouble.sentence).toMatch(sentence);
    expect(trouble.lost !== undefined).toBe(remedy === 'fresh');
    expect(trouble.unknown === true).toBe(cause instanceof TypeError);
    expect(trouble.calm === true).toBe(gaveUp);
  });

  it('a run that the server no longer knows after a lost connection ended with the server, or long ago', () => {
    const gone = refused(404, 'There is no such run of yours.');
    expect(troubleOf(gone, { gaveUp: false, hasBegun: true, wasAway: true }).lost).toMatch(
      /no longer knows this run: it was started anew, or your cluster was removed/,
    );
    expect(troubleOf(gone, { gaveUp: false, hasBegun: true }).lost).toMatch(/no longer there/);
  });

  it('a run that the server no longer keeps does not mean that the cluster is gone', () => {
    const trouble = troubleOf(refused(404, 'There is no such run of yours.'), {
      gaveUp: false,
      hasBegun: true,
      hasCluster: true,
      wasAway: true,
    });
    expect(trouble).toMatchObject({
      remedy: 'again',
      sentence: expect.stringMatching(/no longer kept.*Your cluster is still there/) as string,
    });
    expect(trouble.lost).toBeUndefined();
  });
});
