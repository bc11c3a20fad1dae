import { describe, expect, it } from 'vitest';
import { MAX_CHARACTERS, MAX_OF_STEP, withEdit } from '../../../src/editor/edit-store.ts';
import type { KeptEdit } from '../../../src/runner/step/kept-edits.ts';

const edit = (step: string, text?: string, of = 'v1'): KeptEdit => ({ step, of, text });
const texts = (kept: KeptEdit[]): (string | undefined)[] => kept.map(({ text }) => text);

describe('the edits that are stored for other tabs', () => {
  it('have the newest first, which replaces what the same tab had stored before', () => {
    const kept = withEdit(withEdit([edit('other', 'x')], edit('a', 'one'), undefined), edit('a', 'two'), 'one');
    expect(texts(kept)).toEqual(['two', 'x']);
  });

  it('no longer contain one that is reverted', () => {
    expect(withEdit([edit('a', 'one'), edit('b', 'one')], edit('a'), 'one')).toEqual([edit('b', 'one')]);
  });

  it('keep another tab’s edit of the same step when this tab reverts its own', () => {
    const theirs = withEdit([edit('a', 'mine')], edit('a', 'theirs'), undefined);
    expect(texts(theirs)).toEqual(['theirs', 'mine']);
    expect(texts(withEdit(theirs, edit('a', 'mine, longer'), 'mine'))).toEqual(['mine, longer', 'theirs']);
    expect(texts(withEdit(theirs, edit('a'), 'mine'))).toEqual(['theirs']);
  });

  it('keep an edit of an earlier text of the author until the reader has chosen', () => {
    expect(texts(withEdit([edit('a', 'old', 'v0')], edit('a', 'new'), undefined))).toEqual(['new', 'old']);
  });

  it('are bounded, for each step and overall: the oldest are dropped', () => {
    let kept: KeptEdit[] = [];
    for (let number = 0; number < 10; number += 1) kept = withEdit(kept, edit('a', `text ${number}`), undefined);
    expect(texts(kept)).toEqual(['text 9', 'text 8', 'text 7']);
    expect(kept.length).toBe(MAX_OF_STEP);
    const large = (step: string): KeptEdit => edit(step, 'x'.repeat(MAX_CHARACTERS / 2 - 10));
    expect(withEdit([large('b'), large('c')], edit('a', 'y'.repeat(30)), undefined).map(({ step }) => step)).toEqual([
      'a',
      'b',
    ]);
  });
});
