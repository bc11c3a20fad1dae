import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../../../shared/recording.ts';
import { describeMistake } from '../../../src/compiler/mistake.ts';
import { readPages } from '../../../src/compiler/read-pages.ts';
import { recordingMistakes } from '../../../src/compiler/recording-mistakes.ts';
import { recordingOf } from './build-page.ts';
import { inContent, pageOf } from './content-folder.ts';

const STEP = '## Go\n\n```shell run\n$ ls\n```\n';
const recorded = (command: string): string => {
  const step = { id: 'go-1', kind: 'shell' as const, command };
  return recordingOf('secure', [{ id: 'go-1', fingerprint: fingerprintOf({ step, mode: null }), events: [] }]);
};

/** Returns what authors are told about the recordings, on CockroachDB v25.2. */
const told = (files: Record<string, string>): string[] =>
  inContent(files, (content) => recordingMistakes(content, readPages(content).pages, 'v25.2.0').map(describeMistake));

describe('authors are told', () => {
  test('of a recording that is missing, that is of other steps, and that is of no page', () => {
    expect(
      told({
        'tutorials/page.mdx': pageOf(STEP),
        'recordings/page.secure.json': recorded('ls -l'),
        'recordings/pag.insecure.json': recorded('ls'),
      }),
    ).toEqual([
      'content/recordings/page.secure.json:1: found a recording that shows step go-1 as it was before it changed; ' +
        'expected one of the page as it is, which `npm run verify -- page --update` makes.',
      'content/tutorials/page.mdx:1: found steps without a recording in insecure mode; expected ' +
        'content/recordings/page.insecure.json, which `npm run verify -- page --update` makes.',
      'content/recordings/pag.insecure.json:1: found a recording that belongs to no page’s steps; expected a page ' +
        'with steps of that name and mode; remove the file if the page is gone. Did you mean `page.insecure.json`?',
    ]);
  });

  test('of nothing when the recording fits, or the page has no steps', () => {
    const page = pageOf(`<Mode is="secure">\n\n${STEP}\n</Mode>\n`);
    const step = { id: 'go-secure-1', kind: 'shell' as const, command: 'ls' };
    const fingerprint = fingerprintOf({ step, mode: 'secure' });
    const recording = recordingOf('secure', [{ id: step.id, fingerprint, events: [] }]);
    const still = { 'pages/still.mdx': pageOf('x') };
    expect(told({ ...still, 'tutorials/page.mdx': page, 'recordings/page.secure.json': recording })).toEqual([]);
  });

  test('of nothing while two pages have the same name, which is told instead', () => {
    expect(told({ 'tutorials/a.mdx': pageOf(STEP, 'name: b'), 'tutorials/b.mdx': pageOf(STEP) })).toEqual([]);
  });

  test('of a file that is no recording', () => {
    const files = { 'tutorials/page.mdx': pageOf(STEP), 'recordings/page.secure.json': '{' };
    expect(told(files)[0]).toMatch(/^content\/recordings\/page\.secure\.json:1: found what is no recording; /);
  });

  test('not to record what needs a newer CockroachDB than they may have', () => {
    expect(told({ 'tutorials/page.mdx': pageOf(STEP, 'needs: v99.1') })).toEqual([]);
    expect(told({ 'tutorials/page.mdx': pageOf(STEP, 'needs: v25.2') })).toHaveLength(2);
  });
});
