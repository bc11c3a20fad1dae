import { expect, it } from 'vitest';
import { StreamPosition } from '../../../src/terminal/stream-position.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('knows what arrived and what was drawn, and resumes from neither within a sequence', () => {
  const position = new StreamPosition();
  expect([position.came, position.drawn]).toEqual([undefined, undefined]);
  expect(position.begin({ key: 'one', bytes: 100 }, false)).toBe(false);
  position.come(bytes('text\x1b[3'));
  expect(position.came).toEqual({ key: 'one', bytes: 107 });
  expect(position.drawn).toEqual({ key: 'one', bytes: 100 });
  position.draw(bytes('text\x1b[3'));
  expect(position.drawn).toEqual({ key: 'one', bytes: 104 });
  position.draw(bytes('1m'));
  expect(position.drawn).toEqual({ key: 'one', bytes: 109 });
});

it('resumes from what was kept, and starts over with another program', () => {
  const position = new StreamPosition({ key: 'one', bytes: 7 });
  expect(position.begin({ key: 'one', bytes: 7 }, true)).toBe(false);
  position.come(bytes('abc'));
  expect(position.came).toEqual({ key: 'one', bytes: 10 });
  expect(position.begin({ key: 'two', bytes: 0 }, false)).toBe(true);
  expect(position.came).toEqual({ key: 'two', bytes: 0 });
});

it('recognises what is old', () => {
  const position = new StreamPosition();
  position.begin({ key: 'one', bytes: 10, old: 5 }, false);
  expect([position.come(bytes('abc')), position.come(bytes('de')), position.come(bytes('f'))]).toEqual([
    true,
    true,
    false,
  ]);
});
