import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const PATTERNS = [
  '*.{js,mjs,ts,toml,yaml}',
  '{.ci,.github,commands,content,deploy,languages}/**/*.{astro,cjs,css,js,mjs,py,service,sh,ts,yml}',
  '{server,shared,src,standin,tests}/**/*.{astro,cjs,css,js,mjs,py,service,sh,ts,yml}',
  '.ci/run',
  'deploy/Containerfile',
];
/** Readers' programs, which are CockroachDB's, and what is installed. */
const OTHERS = /(?:^|\/)(?:samples|node_modules)\//;
/** Phrases that read like a translation, each with what to write instead. */
const INSTEAD: readonly [RegExp, string][] = [
  [/(?:\bGives|; gives)\b(?! up)/, 'Returns'],
  [/\bis no more\b(?! than)/, 'no longer exists'],
  [/\b(?:failures? of ours|of theirs)\b/, 'on our side, their'],
  [/\bbeside\b(?! the text| each other)/, 'next to, in addition to'],
  [/\b(?:none where|where (?:it|there) (?:is|are) none)\b/, 'undefined when there is none'],
  [/\b(?:hears|knows) of\b/, 'receives, knows'],
  [/\blives on\b/, 'keeps running, is kept'],
  [/\bby then\b/, 'already'],
  [/\bfor want of\b/, 'because there is no'],
];

/** Returns the phrases of a text that should be replaced, each with its line. */
function phrasesIn(text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    INSTEAD.flatMap(([phrase, instead]) => {
      const found = phrase.exec(line)?.[0];
      return found === undefined ? [] : [`${index + 1}: "${found}" (better: ${instead})`];
    }),
  );
}

test('a phrase that reads like a translation is found, with its line', () => {
  expect(phrasesIn('// Returns a number.\n// Gives a number.')).toEqual(['2: "Gives" (better: Returns)']);
  expect(phrasesIn('// Gives up after 3 s, when the reader knows offsets.')).toEqual([]);
});

test('no comment, message or title reads like a translation', () => {
  const files = globSync(PATTERNS, { cwd: ROOT }).filter(
    (file) => !OTHERS.test(file) && basename(file) !== basename(import.meta.filename),
  );
  expect(files.length).toBeGreaterThan(700);
  const found = files.flatMap((file) =>
    phrasesIn(readFileSync(join(ROOT, file), 'utf8')).map((phrase) => `${file}:${phrase}`),
  );
  expect(found).toEqual([]);
});
