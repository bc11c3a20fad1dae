/**
 * The one file of the site that pages of other sites load, as a script of theirs. It holds nothing that is not
 * anybody's to read.
 */
export const RUN_STEP_SCRIPT = '/run-step.js';

/**
 * Its name stays the same from build to build: a browser asks for it anew after some minutes, and shows what it has
 * meanwhile.
 */
export const RUN_STEP_CACHING = 'public, max-age=600, stale-while-revalidate=3600';
