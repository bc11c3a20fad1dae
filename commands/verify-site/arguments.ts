import type { Mode } from '../../shared/protocol.ts';
import { readCommandLine, UsageError } from '../client/command-line.ts';
import { modesNamed } from '../verify/arguments.ts';

/** Long enough for all pages in both modes on a busy site. */
const DEFAULT_MINUTES = 30;
const MAX_MINUTES = 24 * 60;

/** What to replay, and how to tell about it. */
export interface SiteWanted {
  /** The site's origin, such as `https://docs.example.org`. */
  site: string;
  /** Names of pages; empty for all. */
  names: string[];
  modes: readonly Mode[];
  /** One JSON object for each line, for programs. */
  json: boolean;
  /** Only what is wrong. */
  quiet: boolean;
  /** The time for everything, after which nothing more is begun. */
  withinMs: number;
}

/**
 * Parses the arguments of `npm run verify -- --against`. Throws UsageError; whether the named pages exist is known only
 * by the site.
 */
export function readSiteArguments(args: string[]): SiteWanted {
  const { values, words } = readCommandLine('verify --against', args);
  const url = URL.parse(values.against ?? '');
  if (!url || !/^https?:$/.test(url.protocol) || ![url.origin, `${url.origin}/`].includes(url.href))
    throw new UsageError('--against takes the address of a site, without a path: --against https://docs.example.org');
  const minutes = Number(values.minutes ?? DEFAULT_MINUTES);
  if (!(minutes > 0 && minutes <= MAX_MINUTES))
    throw new UsageError(`--minutes takes a number up to ${MAX_MINUTES}, not ${values.minutes}.`);
  return {
    site: url.origin,
    names: words,
    modes: modesNamed(values.mode),
    json: values.json === true,
    quiet: values.quiet === true,
    withinMs: minutes * 60_000,
  };
}
