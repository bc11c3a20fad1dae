import { readFileSync } from 'node:fs';
import type { KeptPages } from '../compiler/kept-pages.ts';
import { describeMistake } from '../compiler/mistake.ts';
import { readPages } from '../compiler/read-pages.ts';
import { recordingMistakes } from '../compiler/recording-mistakes.ts';

/** What authors have to mend, a line for each mistake. */
export interface PageFaults {
  pages: string[];
  /** What verification has to record again. */
  recordings: string[];
}

/** Returns the faults of all pages of a content folder. `kept` are pages that may be used again. */
export function pageFaults(content: string, kept?: KeptPages): PageFaults {
  const { pages, mistakes } = readPages(content, kept);
  const recordings = recordingMistakes(content, pages, standinVersion());
  return { pages: mistakes.map(describeMistake), recordings: recordings.map(describeMistake) };
}

/** The version that authors without CockroachDB have, and so the newest whose pages everyone can record. */
function standinVersion(): string {
  const file = new URL('../../standin/package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
