import type { Browser, Page } from 'playwright-core';
import type { Mode } from '../../shared/protocol.ts';
import { stepsIn, type PageStep } from '../../shared/step.ts';
import { countUnjudged, faultsShown, isOver } from './page-results.ts';
import type { SitePage } from './site-pages.ts';
import { tryTerminal } from './terminal-trial.ts';
import { TimeIsUp, until } from './until.ts';
import { Visit, type Claims } from './visit.ts';

/** How long the page may take to compare what was printed, which it does after the end of a run. */
const JUDGE_MS = 15_000;

/** A page that was replayed in one mode, as a new reader. */
export interface Replay {
  page: string;
  mode: Mode;
  /** `full`: the reader never got a cluster, because the site had no room. */
  outcome: 'right' | 'wrong' | 'full';
  /** How many steps the page has in this mode. */
  steps: number;
  faults: string[];
  /** From the first click to a cluster and to the first output, and from the page's address to the end. */
  clusterMs?: number;
  firstOutputMs?: number;
  ms: number;
}

/** What a replay needs besides a page: a browser, the site's origin, a deadline and what ends it early. */
export interface ReplayContext {
  browser: Pick<Browser, 'newContext'>;
  site: string;
  withinMs: number;
  signal: AbortSignal;
  /** Whether to try a terminal, too, when everything else is right. */
  withTerminal?: boolean;
}

/**
 * Opens a page as a new reader, presses Run on its first step as soon as there is a button, then on its last, which
 * does everything between, and collects what the page itself says about the results. Faults never throw.
 */
export async function replay({ path, steps: all }: SitePage, mode: Mode, context: ReplayContext): Promise<Replay> {
  const { browser, site, withinMs, signal, withTerminal = false } = context;
  const steps = stepsIn(all, mode);
  const startMs = performance.now();
  const done: Replay = { page: path, mode, outcome: 'wrong', steps: steps.length, faults: [], ms: 0 };
  const visit = await Visit.begin(browser);
  const leave = (): void => void visit.leave();
  signal.addEventListener('abort', leave);
  visit.page.setDefaultTimeout(withinMs);
  try {
    const deadlineMs = startMs + withinMs;
    const answer = await visit.page.goto(`${site}${path}?filters=${mode}`, { waitUntil: 'commit' });
    if (answer?.ok()) await press(visit, steps, mode, deadlineMs, done);
    else done.faults.push(`the page is answered with status ${answer?.status() ?? 'none'}`);
    if (withTerminal && done.faults.length === 0) {
      const fault = await tryTerminal(visit.page, deadlineMs);
      if (fault !== undefined) done.faults.push(fault);
    }
  } catch (cause) {
    done.faults.push(await wordsOf(cause, visit.page, withinMs));
  } finally {
    signal.removeEventListener('abort', leave);
    await visit.leave();
  }
  done.faults.push(...visit.broken);
  done.ms = Math.round(performance.now() - startMs);
  if (done.faults.length === 0) return { ...done, outcome: 'right' };
  const noRoom = fullSentence(visit.claims);
  return noRoom === undefined ? done : { ...done, outcome: 'full', faults: [noRoom] };
}

async function press(
  { page, claims }: Visit,
  steps: readonly PageStep[],
  mode: Mode,
  deadlineMs: number,
  done: Replay,
): Promise<void> {
  const runnable = steps.filter(({ step }) => step.kind !== 'file').map(({ step }) => step.id);
  const [first, last] = [runnable[0]!, runnable.at(-1)!];
  await pressRun(page, first);
  const clickedMs = performance.now();
  await page.locator('[data-result] > .shown.ran').first().waitFor({ state: 'attached' });
  done.firstOutputMs = Math.round(performance.now() - clickedMs);
  await until(() => isOver(page, first, mode), deadlineMs);
  if (claims.grantedMs !== undefined) done.clusterMs = Math.max(0, Math.round(claims.grantedMs - clickedMs));
  const isEarly = (await faultsShown(page, steps.slice(0, steps.findIndex(({ step }) => step.id === first) + 1), mode))
    .length;
  if (last !== first && isEarly === 0) {
    await pressRun(page, last);
    await until(() => isOver(page, last, mode), deadlineMs);
  }
  const judgedMs = Math.min(deadlineMs, performance.now() + JUDGE_MS);
  await until(async () => (await countUnjudged(page, steps, mode)) === 0, judgedMs).catch(() => undefined);
  done.faults.push(...(await faultsShown(page, steps, mode)));
}

/** Presses Run on a step; opens what the author folded first, as a reader must. */
async function pressRun(page: Page, id: string): Promise<void> {
  const run = page.locator(`#step-block-${id} .actions [data-action="run"]`);
  await run.waitFor({ state: 'attached' });
  const folded = page.locator('details:not([open])').filter({ has: run });
  while ((await folded.count()) > 0) await folded.first().locator('summary').first().click();
  await run.click();
}

/** Returns why a replay could not go on, with what the page was saying at that time. */
async function wordsOf(cause: unknown, page: Page, withinMs: number): Promise<string> {
  const isLate = cause instanceof TimeIsUp || (cause instanceof Error && cause.name === 'TimeoutError');
  if (!isLate) return cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
  const saying = await page
    .evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-result] .head, [data-cluster]')]
        .map((element) => element.innerText.trim())
        .filter((text) => text !== ''),
    )
    .catch(() => []);
  return `no end after ${Math.round(withinMs / 1000)} s; the page says: ${saying.slice(-3).join(' | ')}`;
}

/** Returns the site's sentence when it had no room for this reader. */
function fullSentence({ grantedMs, refused }: Claims): string | undefined {
  if (grantedMs !== undefined || !refused) return undefined;
  return refused.code === 'full' || refused.status === 429 ? refused.message : undefined;
}
