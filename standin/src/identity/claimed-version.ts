import manifest from '../../package.json' with { type: 'json' };

/**
 * The version of CockroachDB that the stand-in claims to be, as `v25.2.0`. Drivers and programs refuse older ones. It
 * is written in `standin/package.json` only; the SQL objects get it from `standin/build/template.mjs`.
 */
const VERSION = `v${manifest.version}`;

/** The matching version of CockroachDB's documentation, as `v25.2`. */
export const DOCS_VERSION = VERSION.replace(/\.\d+$/, '');

/** What `cockroach version --build-tag` prints. */
export const BUILD_TAG = `${VERSION}-stand-in`;

/** The build as the banner of a node names it. */
export const BUILD = `CCL ${VERSION} (stand-in over PostgreSQL, not CockroachDB)`;

/** The value of the session variable `crdb_version`, which clients are also told when they log in. */
export const CRDB_VERSION = `CockroachDB CCL ${VERSION} (stand-in over PostgreSQL)`;
