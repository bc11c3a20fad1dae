import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NAVIGATION_FILE, readNavigation } from '../../../src/compiler/navigation-file.ts';

const LINES = [
  '{',
  '  "start": "first",',
  '  "groups": [',
  '    {',
  '      "title": "Build an app",',
  '      "language": "Python",',
  '      "pages": [',
  '        { "page": "first", "about": "Begin" },',
  '        { "page": "second", "label": "Second" }',
  '      ]',
  '    }',
  '  ]',
  '}',
];

/** Returns the message for the navigation in which that line is another. */
function messageWith(line: number, other: string): string {
  try {
    readNavigation(LINES.with(line - 1, other).join('\n'));
    return '';
  } catch (cause) {
    return (cause as Error).message;
  }
}

describe('the navigation’s file', () => {
  it('is right as it is', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../content', NAVIGATION_FILE), 'utf8');
    expect(readNavigation(text).listed.length).toBeGreaterThan(0);
  });

  it('says where it lists each page', () => {
    expect(readNavigation(LINES.join('\n')).listed).toEqual([
      { page: 'first', file: 'content/navigation.json', line: 8 },
      { page: 'second', file: 'content/navigation.json', line: 9 },
    ]);
  });

  it.each([
    [9, '', 'content/navigation.json:10: found JSON that is not right (value expected); expected valid JSON.'],
    [
      8,
      '{ "page": "first" "about": "Begin" },',
      'content/navigation.json:8: found JSON that is not right (comma expected); expected valid JSON.',
    ],
    [
      8,
      '',
      'content/navigation.json:2: found the page `first` as `start`, which needs an `about`; expected none here.',
    ],
    [
      2,
      '"start": "fist",',
      'content/navigation.json:2: found the page `fist` as `start`, which needs an `about`; expected `first`. ' +
        'Did you mean `first`?',
    ],
    [
      9,
      '{ "page": "first" }',
      'content/navigation.json:9: found the page `first` again, which line 8 lists; expected each page once.',
    ],
    [
      5,
      '"titel": "Build an app",',
      'content/navigation.json:4: found no `groups.0.title`; expected one: string.\n' +
        'content/navigation.json:5: found the key `titel`; expected `title`, `language` or `pages`. Did ' +
        'you mean `title`?',
    ],
    [
      9,
      '{ "page": "Second.mdx", "label": "" }',
      'content/navigation.json:9: found `"Second.mdx"` as `groups.0.pages.1.page`; expected a file name ' +
        'without `.mdx`: ' +
        'small letters, digits and hyphens.\n' +
        'content/navigation.json:9: found `""` as `groups.0.pages.1.label`; expected a text that is not empty.',
    ],
  ])('refuses a mistake in line %i: %s', (line, other, message) => {
    expect(messageWith(line, other)).toBe(message);
  });
});
