// @ts-check

/**
 * The series of Python that the tutorials run on here, newest first: those that PonyORM 0.7.20 supports. For each of
 * them content/requirements.txt has the packages' hashes; after a change here, `npm run requirements`.
 */
export const pythonSeries = ['3.14', '3.13', '3.12', '3.11', '3.10'];

/** The same, as words in a sentence. */
export const pythonRange = `Python ${pythonSeries.at(-1)} to ${pythonSeries[0]}`;

/**
 * Whether the tutorials run on that version.
 * @param {string} version As in 3.11.2.
 */
export function isServed(version) {
  return pythonSeries.some((series) => version.startsWith(`${series}.`));
}

/** The same, as version specifiers. */
export const pythonSpecifier = `>=${pythonSeries.at(-1)},<3.${Number(pythonSeries[0]?.split('.')[1]) + 1}`;
