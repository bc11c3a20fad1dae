/** The CockroachDB version that the pages are written for. */
export const COCKROACHDB_VERSION = 'v26.2';
