import { describe, expect, it } from 'vitest';
import {
  fingerprintOf,
  parseRecording,
  recordedModes,
  recordingFile,
  staleness,
  type Recording,
} from '../../shared/recording.ts';
import type { PageStep } from '../../shared/step.ts';

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

const pageStep = (id: string, command: string, rest: Partial<PageStep> = {}): PageStep => ({
  step: { id, kind: 'shell', command },
  mode: null,
  source: { file: 'content/pages/a.mdx', line: 1 },
  ...rest,
});
const recordingOf = (steps: PageStep[], text = ''): Recording => ({
  ...RECORDING,
  steps: steps.map((each) => ({
    id: each.step.id,
    fingerprint: fingerprintOf(each),
    events: [{ type: 'output', step: each.step.id, stream: 'stdout', text }],
  })),
});

describe('a recording belongs to a page', () => {
  const install = pageStep('install-1', 'pip install pony');
  const list = pageStep('list-1', 'ls', { expected: { text: '{int} files', unordered: false } });
  const recording = recordingOf([install, list], '7 files\n');

  it('as long as each of its steps does what it did, whatever the other mode does', () => {
    expect(staleness(recording, [install, list])).toBeUndefined();
    expect(staleness(recording, [install, list, pageStep('other-1', 'ls', { mode: 'insecure' })])).toBeUndefined();
  });

  it.each<[string, PageStep[], string]>([
    ['a step is new', [install, list, pageStep('new-1', 'ls')], 'lacks step new-1'],
    ['a step is gone', [list], 'shows step install-1, which the page no longer has'],
    ['steps have changed places', [list, install], 'shows step list-1 in another place than the page'],
    [
      'a step does something else',
      [pageStep('install-1', 'pip install Pony'), list],
      'shows step install-1 as it was before it changed',
    ],
    [
      'a step has moved into one mode',
      [{ ...install, mode: 'secure' }, list],
      'shows step install-1 as it was before it changed',
    ],
    [
      'the page expects another output',
      [install, { ...list, expected: { text: '8 files', unordered: false } }],
      'shows another output of step list-1 than the page expects',
    ],
  ])('until %s', (_, steps, why) => {
    expect(staleness(recording, steps)).toBe(why);
  });

  it('only if it says what was run', () => {
    const steps = recording.steps.map(({ id, events }) => ({ id, events }));
    expect(staleness({ ...recording, steps }, [install, list])).toBe(
      'shows step install-1 as it was before it changed',
    );
  });

  it('in each mode in which the page has steps', () => {
    expect(recordedModes([install])).toEqual(['secure', 'insecure']);
    expect(recordedModes([{ ...install, mode: 'insecure' }])).toEqual(['insecure']);
    expect(recordedModes([])).toEqual([]);
  });
});
