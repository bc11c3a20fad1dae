// @ts-check

/**
 * The supported series of Python, newest first: those of PonyORM 0.7.20. content/requirements.txt has the packages'
 * hashes for each, so run `npm run requirements` after a change here.
 */
export const pythonSeries = ['3.14', '3.13', '3.12', '3.11', '3.10'];

/** The supported series, for use in a sentence. */
export const pythonRange = `Python ${pythonSeries.at(-1)} to ${pythonSeries[0]}`;

/**
 * Whether that version is supported.
 * @param {string} version For example 3.11.2.
 */
export function isServed(version) {
  return pythonSeries.some((series) => version.startsWith(`${series}.`));
}

/** The supported series, as version specifiers. */
export const pythonSpecifier = `>=${pythonSeries.at(-1)},<3.${Number(pythonSeries[0]?.split('.')[1]) + 1}`;
