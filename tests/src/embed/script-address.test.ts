import { expect, it } from 'vitest';
import { serverOf } from '../../../src/embed/script-address.ts';

const ADDRESS = 'https://bankrun.example/run-step.js';

it('finds its server by the address of its classic script', () => {
  expect(serverOf(`${ADDRESS}?v=1`, undefined)).toBe('https://bankrun.example');
  expect(serverOf('http://localhost:4321/run-step.js', `Error at ${ADDRESS}`)).toBe('http://localhost:4321');
});

it.each([
  ['Chromium', `Error\n    at ${ADDRESS}:1:9023\n    at https://blog.example/page:3:1`],
  ['Firefox', `@${ADDRESS}:1:9023\n@https://blog.example/page:3:1\n`],
  ['Safari', `module code@${ADDRESS}:1:9023`],
])('knows it as a module by where it is, as %s tells it', (_, stack) => {
  expect(serverOf('', stack)).toBe('https://bankrun.example');
});

it.each([
  [undefined, undefined],
  ['', ''],
  ['blob:https://blog.example/1', undefined],
  ['file:///run-step.js', undefined],
  [undefined, 'Error\n at https://blog.example/bundle.js:1:1'],
])('knows none from %s, %s', (source, stack) => {
  expect(serverOf(source, stack)).toBeUndefined();
});
