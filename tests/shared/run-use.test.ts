import { describe, expect, it } from 'vitest';
import { readUse, writeUse, type RunUse } from '../../shared/run-use.ts';

const use: RunUse = { page: 'pony', pressed: 'count-1', edited: [], isRobot: false };

describe('what a page says that a run is for', () => {
  it.each([use, { ...use, edited: ['é & ü', 'b'], isRobot: true }])('is read as it was written: %o', (each) => {
    expect(writeUse(each)).toMatch(/^[\x20-\x7e]*$/);
    expect(readUse(writeUse(each))).toEqual(each);
  });

  it('is nothing for a client that is no page', () => {
    for (const header of [undefined, '', 'robot', '%']) expect(readUse(header)).toBeUndefined();
  });

  it('fits into a header, however many steps a reader has edited', () => {
    const edited = Array.from({ length: 1000 }, (_, at) => `a-step-with-a-rather-long-name-${at}`);
    expect(writeUse({ ...use, edited }).length).toBeLessThan(4000);
  });
});
