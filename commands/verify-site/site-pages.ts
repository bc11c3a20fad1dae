import type { Health } from '../../shared/protocol.ts';
import { readPageStep, type PageStep } from '../../shared/step.ts';
import { UsageError } from '../client/command-line.ts';
import { endsAs } from '../verify/tutorial-names.ts';

const ANSWER_MS = 30_000;

/** A page of a deployed site that has steps. */
export interface SitePage {
  path: string;
  /** Its name in addresses of steps, such as `pony`. */
  name: string;
  /** The lowest CockroachDB version that its steps run on. */
  needs?: string;
  steps: PageStep[];
}

/** A site cannot be tried at all. The message is a sentence that says why. */
export class SiteError extends Error {}

/** Returns the health of the site's server. Throws SiteError when runs are off, or when there is no Bankrun server. */
export async function readSiteHealth(site: string): Promise<Health> {
  const health = parsed(await textAt(site, '/api/health', [200, 503])) as Partial<Health> | null | undefined;
  if (typeof health?.ready !== 'boolean')
    throw new SiteError(`${site}/api/health is not the answer of a Bankrun server.`);
  if (!health.ready) throw new SiteError(`${site} runs no code now: ${health.reason}`);
  return { ...health, ready: true };
}

/**
 * Returns the pages with steps that a site's own sitemap lists. Throws SiteError when something of them cannot be read,
 * and UsageError when none has one of the names.
 */
export async function readSitePages(site: string, names: readonly string[]): Promise<SitePage[]> {
  const maps = pathsIn(await textAt(site, '/sitemap-index.xml'));
  const paths = (await Promise.all(maps.map(async (path) => pathsIn(await textAt(site, path))))).flat();
  const pages: SitePage[] = [];
  // One after the other: a site must not take this for an attack.
  for (const path of new Set(paths)) {
    const name = /<main\b[^>]*\sdata-tutorial="([^"]+)"/.exec(await textAt(site, path))?.[1];
    if (name !== undefined) pages.push({ path, name, ...(await stepsOf(site, name)) });
  }
  if (pages.length === 0) throw new SiteError(`${site} has no page with steps.`);
  const unknown = names.filter((wanted) => !pages.some((page) => isWanted(page, wanted)));
  if (unknown.length > 0)
    throw new UsageError(
      `${site} has no page ${unknown.join(', ')} with steps. It has: ${pages.map(({ name }) => name).join(', ')}.`,
    );
  return pages.filter((page) => names.length === 0 || names.some((wanted) => isWanted(page, wanted)));
}

function isWanted({ name, path }: SitePage, wanted: string): boolean {
  return endsAs(name, wanted) || endsAs(path.slice(1).replace(/\.html$/, ''), wanted);
}

async function stepsOf(site: string, name: string): Promise<Pick<SitePage, 'needs' | 'steps'>> {
  const path = `/steps/${name}.json`;
  const text = await textAt(site, path);
  try {
    const { needs, steps } = JSON.parse(text) as { needs?: string; steps: unknown[] };
    return {
      ...(needs === undefined ? {} : { needs }),
      steps: steps.map((step) => readPageStep(JSON.stringify(step))),
    };
  } catch (cause) {
    throw new SiteError(`${site}${path} does not hold a page’s steps.`, { cause });
  }
}

/** Returns the paths of a sitemap's addresses: their origin is the one that the site was built for. */
function pathsIn(sitemap: string): string[] {
  return [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].flatMap(([, address]) => URL.parse(address!)?.pathname ?? []);
}

/** Returns undefined for what is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function textAt(site: string, path: string, right: readonly number[] = [200]): Promise<string> {
  try {
    const answer = await fetch(site + path, { signal: AbortSignal.timeout(ANSWER_MS) });
    if (right.includes(answer.status)) return await answer.text();
    throw new SiteError(`${site}${path} is answered with status ${answer.status}.`);
  } catch (cause) {
    if (cause instanceof SiteError) throw cause;
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    throw new SiteError(`${site}${path} cannot be read: ${why instanceof Error ? why.message : String(why)}`, {
      cause,
    });
  }
}
