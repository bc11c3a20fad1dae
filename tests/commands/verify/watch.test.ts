import { expect, it } from 'vitest';
import { isAffected } from '../../../commands/verify/watch.ts';
import { sourceTutorial } from './source-tutorial.ts';

const page = sourceTutorial('pony', { file: 'content/tutorials/a.mdx' });
const uses = new Set(['partials/b.mdx', 'samples/pony/secure/c.py']);

it.each([
  'tutorials/a.mdx',
  'partials/b.mdx',
  'samples/pony/secure/c.py',
  'tutorials/pony.effects.ts',
  'tutorials/bank.py',
])('a page is verified again when %s changes', (path) => {
  expect(isAffected(page, uses, new Set(['pages/index.mdx', path]))).toBe(true);
});

it.each([
  'tutorials/b.mdx',
  'partials/c.mdx',
  'tutorials/django.effects.ts',
  'pages/index.effects.ts',
  'navigation.json',
])('but not when %s does', (path) => {
  expect(isAffected(page, uses, new Set([path]))).toBe(false);
});
