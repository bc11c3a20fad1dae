/**
 * The only file of the site that pages of other sites may load, as a script. It must not contain anything private.
 */
export const RUN_STEP_SCRIPT = '/run-step.js';

/**
 * The `Cache-Control` of that script. Its name is the same in every build, so browsers ask for it again after ten
 * minutes, and use the cached one meanwhile.
 */
export const RUN_STEP_CACHING = 'public, max-age=600, stale-while-revalidate=3600';
