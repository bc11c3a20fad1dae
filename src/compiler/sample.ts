import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import type { Mode } from '../../shared/protocol.ts';
import { MODES } from '../../shared/modes.ts';
import type { SourcePlace } from '../../shared/step.ts';
import { isHomePath, PATH_RULE } from './fence-values.ts';
import { unknownWord, type Mistake } from './mistake.ts';

/** A sample file of one mode; `mode` is null when both modes use the same file. */
export interface Sample {
  mode: Mode | null;
  /** Its path in the reader's home directory. */
  path: string;
  text: string;
  /** Its address on the site, for downloads. */
  href: string;
}

/** Paths of files and folders that are no samples. */
const HIDDEN = /(^|\/)(\.|__pycache__)/;

/** Returns every sample file in the content folder, as a path relative to `samples/`. */
export function listSamples(content: string): string[] {
  const folder = join(content, 'samples');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !HIDDEN.test(path))
    .sort();
}

/** Returns whether such a file is one of the samples: what authors write must not lead out of their folder. */
function isSample(content: string, path: string): boolean {
  if (posix.normalize(path) !== path || HIDDEN.test(path)) return false;
  return statSync(join(content, 'samples', path), { throwIfNoEntry: false })?.isFile() ?? false;
}

/** What `<Sample driver file as/>` names. */
interface Named {
  driver: string;
  file: string;
  /** The path in the reader's home, if it is another one. */
  as?: string | undefined;
}

/** Returns the text of a sample, with the line ends of Unix whatever the file has. */
export function readSample(content: string, path: string): string {
  return readFileSync(join(content, 'samples', path), 'utf8').replaceAll('\r\n', '\n');
}

/**
 * Returns the files of `<Sample driver file/>`: those of `mode`, or of both modes when the component is outside of a
 * mode section. They are in `samples/<driver>/<mode>/`, or in `samples/<driver>/shared/` when both modes use the same
 * one. Reports a mistake for each file that does not exist.
 */
export function findSample(
  content: string,
  { driver, file, as: home = file }: Named,
  mode: Mode | null,
  place: SourcePlace,
  report: (mistake: Mistake) => void,
): Sample[] {
  if (home !== file && !isHomePath(home)) {
    report({ ...place, found: `\`as="${home}"\``, expected: PATH_RULE });
    return [];
  }
  const of = (folder: string, as: Mode | null): Sample[] => {
    const path = `${driver}/${folder}/${file}`;
    return isSample(content, path)
      ? [{ mode: as, path: home, text: readSample(content, path), href: `/samples/${path}` }]
      : [];
  };
  const shared = of('shared', mode);
  if (shared.length > 0) return shared;
  const modes = mode ? [mode] : MODES;
  const found = modes.flatMap((each) => of(each, each));
  if (found.length === modes.length) return found;
  // Lists all samples only for a mistake: there may be thousands.
  const all = listSamples(content);
  const drivers = [...new Set(all.map((path) => path.split('/')[0]!))];
  if (!drivers.includes(driver)) {
    report(unknownWord(place, 'the driver', driver, drivers));
    return [];
  }
  const [there] = found;
  if (there) {
    const missing = modes.find((each) => each !== there.mode)!;
    report({
      ...place,
      found: `the file \`${file}\` in \`samples/${driver}/${there.mode}/\` alone`,
      expected: `it in \`samples/${driver}/${missing}/\`, too, or one for both modes in \`samples/${driver}/shared/\``,
    });
    return found;
  }
  const folders = [...modes, 'shared'].map((folder) => `${driver}/${folder}/`);
  const siblings = folders.flatMap((folder) =>
    all.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length)),
  );
  const where = mode ? `in \`samples/${driver}/${mode}/\` or \`shared/\`` : `in \`samples/${driver}/\``;
  report(unknownWord(place, 'the missing file', file, [...new Set(siblings)], where));
  return found;
}
