import { unmetNeed } from '../../src/engine-version.ts';
import { stepsIn } from '../../shared/step.ts';
import type { SiteWanted } from './arguments.ts';
import type { SiteOutcome } from './outcome.ts';
import { replay, type Replay, type ReplayContext } from './replay.ts';
import { readSiteHealth, readSitePages, type SitePage } from './site-pages.ts';

/** The most time for one page in one mode, including a wait for a free slot. */
const PAGE_MS = 240_000;

/**
 * Replays the wanted pages of a site one after the other, as one reader after the other would, and tries a terminal on
 * the first of each mode. Tells `onReplay` about each. Stops when the site is full: it has no room for a test. Throws
 * SiteError when nothing can be tried, and UsageError for unknown pages.
 */
export async function replayAll(
  { site, names, modes, withinMs }: SiteWanted,
  { browser, signal }: Pick<ReplayContext, 'browser' | 'signal'>,
  onReplay: (replay: Replay) => void,
): Promise<SiteOutcome> {
  const endMs = performance.now() + withinMs;
  const { engine } = await readSiteHealth(site);
  const pages = await readSitePages(site, names);
  const outcome: SiteOutcome = { replays: [], leftOut: [], isCutShort: false };
  const whyNot = ({ needs }: SitePage): string | undefined => engine && unmetNeed(needs, engine);
  outcome.leftOut.push(
    ...pages.flatMap((page) => (whyNot(page) === undefined ? [] : [`${page.name} ${whyNot(page)}`])),
  );
  const wanted = pages
    .filter((page) => whyNot(page) === undefined)
    .flatMap((page) => modes.filter((mode) => hasSteps(page, mode)).map((mode) => ({ page, mode })));
  const tried = new Set<Replay['mode']>();
  for (const { page, mode } of wanted) {
    const leftMs = endMs - performance.now();
    signal.throwIfAborted();
    if (leftMs <= 0) return { ...outcome, isCutShort: true };
    const done = await replay(page, mode, {
      browser,
      site,
      signal,
      withinMs: Math.min(PAGE_MS, leftMs),
      withTerminal: !tried.has(mode),
    });
    tried.add(mode);
    signal.throwIfAborted();
    outcome.replays.push(done);
    onReplay(done);
    if (done.outcome === 'full') break;
  }
  return outcome;
}

function hasSteps({ steps }: SitePage, mode: Replay['mode']): boolean {
  return stepsIn(steps, mode).some(({ step }) => step.kind !== 'file');
}
