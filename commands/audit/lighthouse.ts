import lighthouse, { defaultConfig } from 'lighthouse';

/** What Lighthouse gives marks for, as its table calls it. */
export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Lighthouse's marks for one page on a phone, 0 to 100, and each check that cost some. */
export interface Marks {
  marks: Record<Category, number>;
  faults: string[];
}

const FULL = 100;
/** A page that is not perfect at first is looked at again: a busy machine slows the browser, too. */
const ROUNDS = 3;
/**
 * How much slower a common phone is than a machine of at least that `benchmarkIndex`: from the table by which
 * Lighthouse's authors have it calibrated.
 */
const SLOWDOWNS = [
  [1500, 4],
  [800, 2],
  [0, 1],
] as const;

/**
 * The marks of a page, in the browser that listens on that port; of several tries the middle one by speed. Throws when
 * Lighthouse can give none.
 */
export async function marksOf(url: string, port: number): Promise<Marks> {
  const rounds = [await look(url, port, SLOWDOWNS[0][1])];
  while (rounds.length < ROUNDS && rounds[0]!.marks.performance < FULL) {
    const { machine } = rounds.at(-1)!;
    const [, slowdown] = SLOWDOWNS.find(([least]) => machine >= least) ?? SLOWDOWNS[0];
    rounds.push(await look(url, port, slowdown));
  }
  return rounds.toSorted((one, other) => one.marks.performance - other.marks.performance)[rounds.length >> 1]!;
}

async function look(
  url: string,
  port: number,
  cpuSlowdownMultiplier: number,
  isAgain = false,
): Promise<Marks & { machine: number }> {
  const throttling = { ...defaultConfig.settings?.throttling, cpuSlowdownMultiplier };
  const result = await lighthouse(url, { port, logLevel: 'silent', onlyCategories: [...CATEGORIES], throttling });
  // On a busy machine it misses the beginning of a page now and then.
  if (result?.lhr.runtimeError && !isAgain) return await look(url, port, cpuSlowdownMultiplier, true);
  if (!result || result.lhr.runtimeError)
    throw new Error(`Lighthouse could not look at ${url}: ${result?.lhr.runtimeError?.message ?? 'it gave no result'}`);
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
