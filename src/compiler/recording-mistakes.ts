import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOlder } from '../engine-version.ts';
import type { Mode } from '../../shared/protocol.ts';
import { parseRecording, recordedModes, recordingFile, staleness } from '../../shared/recording.ts';
import type { Mistake } from './mistake.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';
import type { SourcePage } from './source-page.ts';

/**
 * Returns a mistake for each recording that a page with steps lacks, that is of other steps than the page's, or that no
 * page has. `engine` is the version of CockroachDB that authors have: a page that needs a newer one cannot be recorded.
 */
export function recordingMistakes(content: string, pages: readonly SourcePage[], engine: string): Mistake[] {
  // What follows from another mistake, such as a name that two pages have, is not told.
  const names = new Set(pages.map(({ name }) => name));
  const sound = names.size < pages.length ? [] : pages.filter(({ mistakes }) => mistakes.length === 0);
  const wanted = sound.flatMap((page) => recordedModes(page.steps).map((mode) => ({ page, mode })));
  const files = new Set(wanted.map(({ page, mode }) => recordingFile(page.name, mode)));
  return [
    ...wanted.flatMap(({ page, mode }) => {
      const path = join(content, 'recordings', recordingFile(page.name, mode));
      if (existsSync(path)) return staleMistake(page, mode, path);
      const { needs } = page.frontmatter;
      return needs !== undefined && isOlder(engine, needs) ? [] : missingMistake(page, mode);
    }),
    ...(sound.length === pages.length ? orphans(content, files) : []),
  ];
}

function missingMistake({ file, name }: SourcePage, mode: Mode): Mistake[] {
  return [
    {
      file,
      line: 1,
      found: `steps without a recording in ${mode} mode`,
      expected: `content/recordings/${recordingFile(name, mode)}, which \`${command(name)}\` makes`,
    },
  ];
}

function staleMistake({ name, steps }: SourcePage, mode: Mode, path: string): Mistake[] {
  const file = `content/recordings/${recordingFile(name, mode)}`;
  let found: string | undefined;
  try {
    const why = staleness(parseRecording(readFileSync(path, 'utf8'), file), steps);
    if (why !== undefined) found = `a recording that ${why}`;
  } catch {
    found = 'what is no recording';
  }
  return found === undefined
    ? []
    : [{ file, line: 1, found, expected: `one of the page as it is, which \`${command(name)}\` makes` }];
}

function orphans(content: string, known: ReadonlySet<string>): Mistake[] {
  const folder = join(content, 'recordings');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && !known.has(name))
    .map((name) => ({
      file: `content/recordings/${name}`,
      line: 1,
      found: 'a recording that belongs to no page’s steps',
      expected: 'a page with steps of that name and mode; remove the file if the page is gone',
      meant: nearest(name, known),
    }));
}

function command(name: string): string {
  return `npm run verify -- ${name} --update`;
}
