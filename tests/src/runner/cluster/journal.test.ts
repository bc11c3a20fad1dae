import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../../../shared/protocol.ts';
import type { Remembered } from '../../../../src/runner/cluster/remembered.ts';
import { noteBegin, noteDone, noteLine, readJournal, type StepEntry } from '../../../../src/runner/cluster/journal.ts';

const stored = new Map<string, string>();
let isFull = false;
const place = (
  sandbox: string,
  location = '/run/1',
  text = 'echo',
): { tutorial: string; mode: 'secure'; kept: Remembered } => ({
  tutorial: 'a',
  mode: 'secure',
  kept: {
    sandbox,
    done: {},
    failed: {},
    run: {
      location,
      steps: ['one'],
      sent: { one: { snapshot: '', text: JSON.stringify(['shell', text]) } },
      sinceMs: 0,
    },
  },
});
const block = { authored: JSON.stringify(['shell', 'echo']), isBackground: false };
const did = (ok: boolean): RunEvent & { type: 'done' } => ({ type: 'done', step: 'one', ok, ms: 1 });
const entries = (): StepEntry[] => (readJournal('a', 'secure')?.entries ?? []) as StepEntry[];

describe('the journal of what was run', () => {
  beforeEach(() => {
    stored.clear();
    isFull = false;
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (isFull) throw new Error('full');
        stored.set(key, value);
      },
    });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('contains what was sent and how it ended, and is empty before anything ran', () => {
    expect(readJournal('a', 'secure')).toBeUndefined();
    noteBegin(place('box'), 'one', block);
    expect(entries()).toMatchObject([{ id: 'one', sent: '["shell","echo"]', isEdited: false }]);
    expect(entries()[0]).not.toHaveProperty('ok');
    noteDone(place('box'), did(true));
    expect(entries()[0]!.ok).toBe(true);
    expect(readJournal('a', 'insecure')).toBeUndefined();
  });

  it('marks edited code as edited', () => {
    noteBegin(place('box', '/run/1', 'mine'), 'one', block);
    expect(entries()[0]!.isEdited).toBe(true);
  });

  it('contains each run of a step once, even when its events are read again', () => {
    for (const location of ['/run/1', '/run/1', '/run/2']) {
      noteBegin(place('box', location), 'one', block);
      noteDone(place('box', location), did(location === '/run/1'));
    }
    expect(entries().map(({ location, ok }) => [location, ok])).toEqual([
      ['/run/1', true],
      ['/run/2', false],
    ]);
  });

  it('starts over with another cluster, and outlives one that is gone', () => {
    noteBegin(place('box'), 'one', block);
    expect(entries()).toHaveLength(1);
    noteBegin(place('another', '/run/9'), 'one', block);
    expect(entries().map(({ location }) => location)).toEqual(['/run/9']);
  });

  it('is bounded in entries and characters: the oldest are dropped first, and counted', () => {
    for (let number = 0; number < 310; number += 1) noteLine(place('box'), { prompt: 'shell', line: `echo ${number}` });
    expect(readJournal('a', 'secure')).toMatchObject({
      forgotten: 10,
      entries: { length: 300, 0: { line: 'echo 10' } },
    });
    noteBegin(place('box', '/run/1', 'x'.repeat(250_000)), 'one', block);
    expect(readJournal('a', 'secure')).toMatchObject({ forgotten: 310, entries: { length: 1 } });
  });

  it('lasts as long as the page is open when it cannot be stored', () => {
    isFull = true;
    noteBegin(place('box', '/run/3'), 'one', block);
    expect(entries()).toHaveLength(1);
    isFull = false;
    noteDone(place('box', '/run/3'), did(true));
    expect([...stored.values()].join()).toContain('/run/3');
  });

  it.each(['{', 'null', '7', '{"sandbox":"box"}', '{"sandbox":"box","sinceMs":1,"entries":{}}'])(
    'is empty when nonsense is stored: %s',
    (nonsense) => {
      stored.set('bankrun:a:secure:done-here', nonsense);
      expect(readJournal('a', 'secure')).toBeUndefined();
    },
  );
});
