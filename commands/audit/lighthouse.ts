import lighthouse, { defaultConfig } from 'lighthouse';

/** The categories that Lighthouse scores, by the names in its report. */
export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** One of the categories. */
type Category = (typeof CATEGORIES)[number];

/** Lighthouse's scores for one page on a phone, 0 to 100, and each audit that lowered one. */
export interface Marks {
  marks: Record<Category, number>;
  faults: string[];
}

const FULL = 100;
/** How often a page without full marks is measured, because a busy machine slows the browser down. */
const ROUNDS = 3;
/**
 * How much slower a typical phone is than a machine with at least that `benchmarkIndex`. Source: the calibration table
 * in Lighthouse's documentation on throttling.
 */
const SLOWDOWNS = [
  [1500, 4],
  [800, 2],
  [0, 1],
] as const;

/**
 * Returns the scores of a page, measured in the browser that listens on that port; of several tries, the one with the
 * median speed. Throws when Lighthouse cannot score the page.
 */
export async function marksOf(url: string, port: number): Promise<Marks> {
  const rounds = [await measure(url, port, SLOWDOWNS[0][1])];
  while (rounds.length < ROUNDS && rounds[0]!.marks.performance < FULL) {
    const { machine } = rounds.at(-1)!;
    const [, slowdown] = SLOWDOWNS.find(([least]) => machine >= least) ?? SLOWDOWNS[0];
    rounds.push(await measure(url, port, slowdown));
  }
  return rounds.toSorted((one, other) => one.marks.performance - other.marks.performance)[rounds.length >> 1]!;
}

async function measure(
  url: string,
  port: number,
  cpuSlowdownMultiplier: number,
  isAgain = false,
): Promise<Marks & { machine: number }> {
  const throttling = { ...defaultConfig.settings?.throttling, cpuSlowdownMultiplier };
  const result = await lighthouse(url, { port, logLevel: 'silent', onlyCategories: [...CATEGORIES], throttling });
  // On a busy machine Lighthouse sometimes misses the beginning of a page.
  if (result?.lhr.runtimeError && !isAgain) return await measure(url, port, cpuSlowdownMultiplier, true);
  if (!result || result.lhr.runtimeError)
    throw new Error(`Lighthouse could not score ${url}: ${result?.lhr.runtimeError?.message ?? 'there is no result'}`);
  const { categories, audits } = result.lhr;
  const marks = Object.fromEntries(
    CATEGORIES.map((name) => [name, Math.round(FULL * (categories[name]?.score ?? 0))]),
  ) as Record<Category, number>;
  const faults = CATEGORIES.filter((name) => marks[name] < FULL).flatMap((name) =>
    (categories[name]?.auditRefs ?? [])
      .map(({ id, weight }) => ({ audit: audits[id], weight }))
      .filter(({ audit, weight }) => weight > 0 && audit?.score !== null && (audit?.score ?? 1) < 1)
      .map(({ audit }) => `${name}: ${audit?.title} (${audit?.displayValue ?? audit?.explanation ?? audit?.id})`),
  );
  return { marks, faults, machine: result.lhr.environment.benchmarkIndex };
}
