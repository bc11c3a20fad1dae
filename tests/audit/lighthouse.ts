import lighthouse from 'lighthouse';

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

/** The marks of a page, in the browser that listens on that port; of several tries the middle one by speed. Throws when Lighthouse can give none. */
export async function marksOf(url: string, port: number): Promise<Marks> {
  const rounds = [await look(url, port)];
  while (rounds.length < ROUNDS && rounds[0]!.marks.performance < FULL) rounds.push(await look(url, port));
  return rounds.toSorted((one, other) => one.marks.performance - other.marks.performance)[rounds.length >> 1]!;
}

async function look(url: string, port: number, isAgain = false): Promise<Marks> {
  const result = await lighthouse(url, { port, logLevel: 'silent', onlyCategories: [...CATEGORIES] });
  // On a busy machine it misses the beginning of a page now and then.
  if (result?.lhr.runtimeError && !isAgain) return await look(url, port, true);
  if (!result || result.lhr.runtimeError) throw new Error(`Lighthouse could not look at ${url}: ${result?.lhr.runtimeError?.message ?? 'it gave no result'}`);
  const { categories, audits } = result.lhr;
  const marks = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(FULL * (categories[name]?.score ?? 0))])) as Record<Category, number>;
  const faults = CATEGORIES.filter((name) => marks[name] < FULL).flatMap((name) =>
    (categories[name]?.auditRefs ?? [])
      .map(({ id, weight }) => ({ audit: audits[id], weight }))
      .filter(({ audit, weight }) => weight > 0 && audit?.score !== null && (audit?.score ?? 1) < 1)
      .map(({ audit }) => `${name}: ${audit?.title} (${audit?.displayValue ?? audit?.explanation ?? audit?.id})`),
  );
  return { marks, faults };
}
