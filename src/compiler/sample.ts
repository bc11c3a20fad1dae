import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Mode } from '../../shared/protocol.ts';
import { MODES } from '../../shared/modes.ts';
import type { SourcePlace } from '../../shared/step.ts';
import { unknownWord, type Mistake } from './mistake.ts';

/** A sample file of one mode; `mode` is null when both modes use the very same file. */
export interface Sample {
  mode: Mode | null;
  /** Where it is written in the reader's home. */
  path: string;
  text: string;
  /** Where the site offers it. */
  href: string;
}

/** Every sample file of the content folder, as a path below `samples/`. */
export function listSamples(content: string): string[] {
  const folder = join(content, 'samples');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile() && !/(^|\/)(\.|__pycache__)/.test(path))
    .sort();
}

/**
 * The files behind `<Sample driver file/>`: those of `mode`, or of both modes where the component stands outside of a
 * mode section. Files lie in `samples/<driver>/<mode>/`, and in `samples/<driver>/shared/` when both modes use the same
 * one.
 */
export function findSample(
  content: string,
  driver: string,
  file: string,
  mode: Mode | null,
  place: SourcePlace,
  tell: (mistake: Mistake) => void,
): Sample[] {
  const all = listSamples(content);
  const drivers = [...new Set(all.map((path) => path.split('/')[0]!))];
  if (!drivers.includes(driver)) {
    tell(unknownWord(place, 'the driver', driver, drivers));
    return [];
  }
  const of = (folder: string, as: Mode | null): Sample[] => {
    const path = `${driver}/${folder}/${file}`;
    return all.includes(path)
      ? [{ mode: as, path: file, text: readFileSync(join(content, 'samples', path), 'utf8'), href: `/samples/${path}` }]
      : [];
  };
  const shared = of('shared', mode);
  if (shared.length > 0) return shared;
  return (mode ? [mode] : MODES).flatMap((each) => {
    const found = of(each, each);
    const prefix = `${driver}/${each}/`;
    const siblings = all.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
    if (found.length === 0) tell(unknownWord(place, `in \`samples/${prefix}\` no file`, file, siblings));
    return found;
  });
}
