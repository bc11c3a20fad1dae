import { describe, expect, it } from 'vitest';
import { parseRecording, recordingFile, type Recording } from '../../shared/recording.ts';

const RECORDING: Recording = {
  tutorial: 'pony',
  mode: 'secure',
  engine: { name: 'CockroachDB', version: 'v26.2.5', standIn: false },
  date: '2026-11-23',
  steps: [{ id: 'install-1', events: [{ type: 'done', step: 'install-1', ok: true, ms: 0 }] }],
};

describe('a recording', () => {
  it('is read as it was stored', () => {
    expect(recordingFile('pony', 'secure')).toBe('pony.secure.json');
    expect(parseRecording(JSON.stringify(RECORDING), 'pony.secure.json')).toEqual(RECORDING);
  });

  it.each([
    ['not JSON', '{', /^a\.json: is not valid JSON \(.+\)\. Record it again/],
    ['nothing', 'null', /^a\.json: `tutorial` must be/],
    ['another mode', { ...RECORDING, mode: 'safe' }, /^a\.json: `mode` must be secure or insecure\./],
    ['no engine', { ...RECORDING, engine: { name: 'x' } }, /^a\.json: `engine` must have/],
    ['a moment for a day', { ...RECORDING, date: '2026-11-23T10:00' }, /^a\.json: `date` must be a day/],
    ['no list of steps', { ...RECORDING, steps: {} }, /^a\.json: `steps` must be a list/],
    [
      'a step without events',
      { ...RECORDING, steps: [...RECORDING.steps, { id: 'b' }] },
      /^a\.json: `steps\[1\]` must/,
    ],
    ['a step that is nothing', { ...RECORDING, steps: [null] }, /^a\.json: `steps\[0\]` must/],
  ])('with %s is refused, with its file and what is wrong', (_, value, wrong) => {
    expect(() => parseRecording(typeof value === 'string' ? value : JSON.stringify(value), 'a.json')).toThrow(wrong);
  });
});
