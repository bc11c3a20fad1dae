import { describe, expect, it } from 'vitest';
import { TextEdits } from '../../../src/sql/text/text-edits.ts';

describe('TextEdits', () => {
  it('applies all edits, whatever their order', () => {
    const edits = new TextEdits('one two three');
    edits.replace(8, 13, 'drei');
    edits.insert(4, '(');
    edits.replace(0, 3, 'eins');
    expect(edits.apply()).toBe('eins (two drei');
  });

  it('applies only the edits inside a range', () => {
    const edits = new TextEdits('one two three');
    edits.replace(0, 3, 'eins');
    edits.replace(4, 7, 'zwei');
    expect(edits.apply(4, 13)).toBe('zwei three');
  });

  it('removes a range together with the edits inside it', () => {
    const edits = new TextEdits('a (b) c');
    edits.replace(3, 4, 'x');
    edits.remove(2, 6);
    expect(edits.apply()).toBe('a c');
  });

  it('inserts a space where an edit would join two tokens', () => {
    const edits = new TextEdits("e@i'x'");
    edits.remove(1, 3);
    expect(edits.apply()).toBe("e 'x'");
  });

  it('maps positions in the edited text back to the source', () => {
    const edits = new TextEdits('one two three');
    edits.replace(0, 3, 'fifteen');
    expect(edits.apply().indexOf('two')).toBe(8);
    expect(edits.original(8)).toBe(4);
    expect(edits.original(3)).toBe(0);
    expect(edits.original(edits.apply().length)).toBe('one two three'.length);
  });
});
