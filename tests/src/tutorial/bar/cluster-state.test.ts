import { describe, expect, it } from 'vitest';
import { stateOf, type ClusterFacts } from '../../../../src/tutorial/bar/cluster-state.ts';
import { keptSentence, progressSentence } from '../../../../src/sentences/cluster-sentences.ts';

const NOTHING: ClusterFacts = {
  hasCluster: false,
  isBusy: false,
  expiresAtMs: undefined,
  claim: undefined,
  lost: undefined,
  off: undefined,
  hasOthersWork: false,
  leaving: undefined,
  transaction: undefined,
  told: undefined,
};

describe('the cluster bar', () => {
  it('says the worst first: that nothing can run, then that it is waiting, then what was lost', () => {
    const off = { sentence: 'The server cannot be reached.', word: 'Server away' };
    const claim = 'All clusters are in use. Waiting; the next try is in 7 s.';
    const lost = 'Your cluster was reset.';
    expect(stateOf({ ...NOTHING, off, claim, lost })).toEqual({ long: off.sentence, short: off.word, kind: 'off' });
    expect(stateOf({ ...NOTHING, claim, lost })).toMatchObject({ long: claim, short: 'Waiting' });
    expect(stateOf({ ...NOTHING, lost })).toMatchObject({
      long: 'Your cluster was reset. What was done in it is lost.',
      short: 'Cluster gone',
    });
    expect(stateOf(NOTHING)).toMatchObject({ short: 'No cluster yet', kind: 'none' });
  });

  it('says that the server will be replaced to those who have a cluster there, and for how long they have it', () => {
    const leaving = 'This server will soon be replaced.';
    const expiresAtMs = Date.now() + 300_000;
    expect(stateOf({ ...NOTHING, hasCluster: true, expiresAtMs, leaving })).toEqual({
      long: `${leaving} Your cluster is ready; it is kept for about 5 min.`,
      short: 'Ready',
      kind: 'ready',
    });
    expect(stateOf({ ...NOTHING, leaving })).toMatchObject({ short: 'No cluster yet' });
  });

  it('says for a while what resulted from anything but a run', () => {
    expect(stateOf({ ...NOTHING, hasCluster: true, told: 'Nothing was reset.' })).toEqual({
      long: 'Nothing was reset.',
      short: 'Nothing was reset.',
      kind: 'ready',
    });
  });

  it('says that a transaction is open, also during a run that may wait for it, unless the cluster is gone', () => {
    const transaction = { long: 'A transaction is open.', short: 'Transaction open' };
    expect(stateOf({ ...NOTHING, hasCluster: true, transaction })).toEqual({ ...transaction, kind: 'ready' });
    expect(stateOf({ ...NOTHING, hasCluster: true, isBusy: true, transaction })).toEqual({
      ...transaction,
      kind: 'busy',
    });
    expect(stateOf({ ...NOTHING, lost: 'Your cluster was reset.', transaction }).short).toBe('Cluster gone');
  });

  it('distinguishes a starting cluster from one that runs code', () => {
    expect(stateOf({ ...NOTHING, isBusy: true }).short).toBe('Starting');
    expect(stateOf({ ...NOTHING, isBusy: true, hasCluster: true }).short).toBe('Running');
    expect(stateOf({ ...NOTHING, hasCluster: true })).toEqual({
      long: 'Your cluster is ready.',
      short: 'Ready',
      kind: 'ready',
    });
  });

  it('never promises more minutes than a cluster has left', () => {
    const leftMs = [20_000, 59_999, 60_000, 95_000, 600_000];
    expect(leftMs.map(keptSentence)).toEqual([
      'less than a minute',
      'less than a minute',
      'about 1 min',
      'about 2 min',
      'about 10 min',
    ]);
  });

  it('says which step is running, and for how long the run has taken', () => {
    expect(progressSentence({ at: 4, of: 9, sinceMs: 1000 }, 2234)).toBe('4 of 9 · 1.2 s');
    expect(progressSentence({ at: 1, of: 1, sinceMs: 5000 }, 4000)).toBe('0.0 s');
  });
});
