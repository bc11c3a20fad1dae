// @ts-check
import { chownSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASES, ENVIRONMENT, SUPERUSER, UNPRIVILEGED_UID } from '../src/postgres/facts.mjs';
import { runnablePrograms } from './postgres-package.mjs';
import { run } from './run.mjs';
import { version } from './version.mjs';

const SOURCE = join(import.meta.dirname, '..', 'src', 'postgres');
/** The objects of CockroachDB that PostgreSQL lacks, in the order in which they depend on each other. */
const OBJECTS = [
  'roles.sql',
  'schemas.sql',
  'hidden-functions.sql',
  'hidden-signatures.sql',
  'strings.sql',
  'substrings.sql',
  'regular-expressions.sql',
  'words.sql',
  'encodings.sql',
  'times.sql',
  'time-formats.sql',
  'json.sql',
  'arrays.sql',
  'integers.sql',
  'integer-arguments.sql',
  'functions.sql',
  'session-functions.sql',
  'catalog-functions.sql',
  'internal.sql',
  'internal-functions.sql',
  'decimals.sql',
  'decimal-aggregates.sql',
  'floats.sql',
  'mixed-numbers.sql',
  'number-functions.sql',
  'integer-arrays.sql',
  'casts.sql',
  'conversions.sql',
  'aggregates.sql',
  'type-tests.sql',
  'row-comparisons.sql',
  'grants.sql',
  'foreign-rows.sql',
  'index-names.sql',
  'after-definition.sql',
  'definition-notes.sql',
  'hidden-columns.sql',
  'redefinition.sql',
  'descriptions.sql',
  'hash-shards.sql',
  'show.sql',
  'show-create.sql',
  'system-catalogs.sql',
  'role-catalogs.sql',
  'object-grants.sql',
  'statistics.sql',
  'object-catalogs.sql',
  'system-views.sql',
  'information-columns.sql',
  'information-relations.sql',
  'information-constraints.sql',
  'internal-names.sql',
  'own-functions.sql',
  'hidden-catalogs.sql',
];
/** The smallest WAL files, because every sandbox holds some; no fsync, because a failed template is built again. */
const INITDB = ['-A', 'trust', '--locale=C.UTF-8', '-E', 'UTF8', '--wal-segsize=1', '--no-sync', '--no-instructions'];
/** `-j`: only a semicolon and an empty line end a statement. `-O`: system catalogs may be changed. */
const SINGLE_USER = ['--single', '-j', '-O'];
const SETTINGS = [
  'exit_on_error=on',
  'log_min_messages=fatal',
  'log_min_error_statement=panic',
  'fsync=off',
  // Leaves a short journal behind, which every sandbox copies.
  'min_wal_size=2MB',
  'wal_recycle=off',
];
/** Without template0 nobody can create a database that lacks our objects. */
const SLIM = [
  // Nobody can read what PostgreSQL says of its own objects.
  'DELETE FROM pg_catalog.pg_description',
  'DELETE FROM pg_catalog.pg_shdescription',
  'VACUUM FULL',
  'ALTER DATABASE template0 IS_TEMPLATE false',
  'DROP DATABASE template0',
];
/** Created again, so that it has the objects of template1 and belongs to root. */
const RECREATE = ['DROP DATABASE postgres', ...ownedByRoot('postgres')];

/**
 * Makes the template of a cluster in `template/data`: a PostgreSQL data directory with CockroachDB's databases, roles
 * and catalogs in it. A node starts on a copy.
 * @param {string} postgres The npm package's folder.
 * @param {string} template The folder to make.
 * @param {AbortSignal} [signal]
 */
export async function makeTemplate(postgres, template, signal) {
  const stage = mkdtempSync(join(tmpdir(), 'standin-template-'));
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { uid: UNPRIVILEGED_UID, gid: UNPRIVILEGED_UID } : {};
  try {
    if (isRoot) chownSync(stage, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
    const programs = await runnablePrograms(postgres, stage, user, signal);
    const data = join(stage, 'data');
    const surroundings = { cwd: stage, env: ENVIRONMENT, ...user, signal };
    await run(join(programs, 'initdb'), ['-D', data, '-U', SUPERUSER, ...INITDB], surroundings);
    const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
    const execute = (/** @type {string} */ input) =>
      run(join(programs, 'postgres'), [...SINGLE_USER, '-D', data, ...settings, 'template1'], {
        ...surroundings,
        input,
      });
    for (const file of OBJECTS) await execute(script(file));
    await execute(list([...SLIM, ...RECREATE]));
    await execute(list(DATABASES.flatMap(ownedByRoot)));
    writeFileSync(join(data, 'postgresql.conf'), readFileSync(join(SOURCE, 'settings.conf')));
    writeFileSync(join(data, 'pg_hba.conf'), 'local all all trust\n');
    cpSync(data, join(template, 'data'), { recursive: true });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/**
 * Returns a SQL file as one text for single-user mode: without empty lines after semicolons, which would end the text
 * early, and with psql's variables `:'version'`, `:'functions'`, `:'variables'` and `:'tables'` replaced by the version
 * and by the names of CockroachDB's functions, session variables and virtual tables.
 * @param {string} file
 */
function script(file) {
  const text = readFileSync(join(SOURCE, 'objects', file), 'utf8')
    .replaceAll(":'version'", `'${version}'`)
    .replaceAll(":'functions'", `'${catalogNames('functions')}'`)
    .replaceAll(":'variables'", `'${catalogNames('session-variables')}'`)
    .replaceAll(":'tables'", `'${catalogNames('virtual-tables')}'`);
  return `${text.replace(/;\n\n+/g, ';\n')}\n`;
}

/**
 * Returns the names in a part of CockroachDB's catalog, separated by spaces.
 * @param {string} part
 */
function catalogNames(part) {
  return Object.keys(JSON.parse(readFileSync(join(SOURCE, '..', 'catalog', `${part}.json`), 'utf8'))).join(' ');
}

/**
 * Returns the statements that create a database of root, in which members of admin may create schemas.
 *
 * @param {string} name
 */
function ownedByRoot(name) {
  return [`CREATE DATABASE ${name} OWNER root`, `GRANT CREATE ON DATABASE ${name} TO admin`];
}

/**
 * Returns statements as a text that executes them one by one, as VACUUM and DROP DATABASE need it.
 * @param {string[]} statements
 */
function list(statements) {
  return statements.map((statement) => `${statement};\n\n`).join('');
}
