import { parseArgs } from 'node:util';

/** What to import, and how. */
export interface Wanted {
  /** Pages, and folders of pages. */
  paths: string[];
  to: 'tutorials' | 'pages';
  /** The folder with programs of other repositories. */
  samples: string | undefined;
  json: boolean;
  /** Whether pages that are already there are replaced. */
  force: boolean;
}

/** The command line is invalid. The message is a sentence. */
export class UsageError extends Error {}

/** Parses the command line. Throws UsageError. */
export function readArguments(args: string[]): Wanted {
  const { values, positionals } = parsed(args);
  const { to = 'tutorials', samples, json = false, force = false } = values;
  if (positionals.length === 0) throw new UsageError('Name the pages to import: npm run import -- PATH…');
  if (to !== 'tutorials' && to !== 'pages')
    throw new UsageError(`Pages cannot go to ${to}: choose --to tutorials or --to pages.`);
  return { paths: positionals, to, samples, json, force };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        samples: { type: 'string' },
        json: { type: 'boolean' },
        force: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}
