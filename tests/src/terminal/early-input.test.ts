import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EarlyInput, OUTPUT_MS, PROMPT_MS } from '../../../src/terminal/early-input.ts';

describe('what is typed before a program waits for it', () => {
  let sent: string[];
  let early: EarlyInput;
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    early = new EarlyInput((text) => sent.push(text));
    early.hold();
    for (const key of 'ls\r') early.type(key);
  });
  afterEach(() => vi.useRealTimers());

  it('is entered at the first prompt, at once and in order', () => {
    early.begin();
    early.type('x');
    early.note('# Welcome to the CockroachDB SQL shell');
    expect(sent).toEqual([]);
    early.note('root@localhost:26257/defaultdb> ');
    expect(sent).toEqual(['ls\rx']);
  });

  it('is kept while its program has not started yet', () => {
    vi.advanceTimersByTime(OUTPUT_MS * 10);
    expect(sent).toEqual([]);
    early.release();
    expect(sent).toEqual(['ls\r']);
    early.type('y');
    expect(sent).toEqual(['ls\r', 'y']);
  });

  it('is passed to a program without a prompt soon after its first output', () => {
    early.begin();
    early.note('loading');
    vi.advanceTimersByTime(PROMPT_MS);
    expect(sent).toHaveLength(1);
  });

  it('is eventually passed to a program without output', () => {
    early.begin();
    vi.advanceTimersByTime(OUTPUT_MS);
    expect(sent).toHaveLength(1);
  });
});
