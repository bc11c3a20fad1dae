import { readCommandLine, UsageError } from '../client/command-line.ts';

/** What to import, and how. */
export interface Wanted {
  /** Pages, and folders of pages. */
  paths: string[];
  to: 'tutorials' | 'pages';
  /** The folder with programs of other repositories. */
  samples: string | undefined;
  /** Whether the steps are tried where they can be run. */
  tries: boolean;
  json: boolean;
  /** Whether pages that are already there are replaced. */
  force: boolean;
}

/** Parses the command line. Throws UsageError. */
export function readArguments(args: string[]): Wanted {
  const { values, words } = readCommandLine('import', args);
  const { to = 'tutorials', samples, json = false, force = false } = values;
  if (words.length === 0) throw new UsageError('Name the pages to import: npm run import -- PATH…');
  if (to !== 'tutorials' && to !== 'pages')
    throw new UsageError(`Pages cannot go to ${to}: choose --to tutorials or --to pages.`);
  return { paths: words, to, samples, tries: values.untried !== true, json, force };
}
