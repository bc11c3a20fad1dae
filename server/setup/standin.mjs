import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { isRunning } from './lock.mjs';
import { nodePackages, postgresPackage, thisPlatform } from './platform-packages.mjs';
import { hashOfFiles } from './stamp.mjs';

/** `nobody`: PostgreSQL refuses to run as root. initdb needs a user that is in /etc/passwd. */
const UNPRIVILEGED_UID = 65_534;
const VERSION = 'v25.2.0 (stand-in)';
/** In this order; each becomes one statement list, so no blank line may follow a semicolon there. */
const OBJECTS = ['roles.sql', 'compat.sql', 'grants.sql', 'catalog.sql', 'pg-catalog.sql'];
const DATABASES = ['defaultdb', 'system'];
const POSTGRES = `node_modules/${postgresPackage()}`;
/**
 * Everything that the stand-in is made from. The lockfile names the bundler and what it bundles; of PostgreSQL, which
 * is optional, the installed version counts.
 */
export const STANDIN_SOURCES = [
  'standin/src',
  'shared',
  'server/setup/standin.mjs',
  'server/setup/platform-packages.mjs',
  'package-lock.json',
  `${POSTGRES}/package.json`,
];

const STEP_MS = 120_000;
/** A PostgreSQL that cannot be reached says so at once. */
const VERSION_MS = 30_000;

/**
 * Makes the stand-in ready: its program, its `cockroach` command, and the template of a PostgreSQL cluster, in
 * `<stateDir>/standin`. Skips what a stamp says is there. Throws Error with the first cause.
 * @param {{ root: string, stateDir: string, say: (line: string) => void }} where
 * @returns {Promise<{ directory: string, template: string, version: string, postgres: string }>}
 */
export async function prepareStandin({ root, stateDir, say }) {
  const directory = join(stateDir, 'standin');
  const postgres = join(root, POSTGRES);
  const made = {
    directory,
    template: join(directory, 'template'),
    version: VERSION,
    postgres: join(postgres, 'native'),
  };
  if (!existsSync(postgres))
    throw new Error(
      `npm left out the stand-in's PostgreSQL (${POSTGRES}): delete node_modules and start again, without "--omit=optional".`,
    );
  const stampFile = join(directory, 'stamp');
  const stamp = hashOfFiles(root, STANDIN_SOURCES);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return made;
  say('Building the stand-in for CockroachDB…');
  // Made aside and put in place at once: another process may be starting from the old one, or making the same.
  const fresh = `${directory}.new-${process.pid}`;
  const old = `${directory}.old-${process.pid}`;
  try {
    mkdirSync(join(fresh, 'bin'), { recursive: true });
    removeHalves(stateDir);
    await bundle(root, join(fresh, 'program'));
    writeCommand(join(fresh, 'bin', 'cockroach'));
    await linkLibraries(postgres);
    say('Making the template of its PostgreSQL cluster…');
    await makeTemplate(root, made.postgres, join(fresh, 'template'));
    writeFileSync(join(fresh, 'stamp'), stamp);
    if (existsSync(directory)) renameSync(directory, old);
    renameSync(fresh, directory);
  } finally {
    for (const rest of [fresh, old]) rmSync(rest, { recursive: true, force: true });
  }
  return made;
}

/** What was half made when a set-up was killed. */
function removeHalves(stateDir) {
  for (const name of readdirSync(stateDir)) {
    const maker = /^standin\.(?:new|old)-(\d+)$/.exec(name)?.[1];
    if (maker !== undefined && !isRunning(Number(maker)))
      rmSync(join(stateDir, name), { recursive: true, force: true });
  }
}

async function bundle(root, out) {
  const { rolldown } = createRequire(join(root, 'package.json'))('rolldown');
  const build = await rolldown({
    input: join(root, 'standin/src/cockroach.ts'),
    platform: 'node',
    logLevel: 'warn',
  });
  await build.write({
    dir: out,
    format: 'esm',
    minify: false,
    chunkFileNames: '[name]-[hash].js',
    entryFileNames: 'cockroach.js',
  });
  await build.close();
  writeFileSync(join(out, 'package.json'), '{"type":"module"}\n');
}

function writeCommand(path) {
  const lines = [
    '#!/bin/sh',
    '# The stand-in for the cockroach command. Node: as told, as a sandbox has it, as npm installed it, or any.',
    'here="${0%/*}/.."',
    'node="${STANDIN_NODE:-/opt/node/bin/node}"',
    `[ -x "$node" ] || node="$here/../../node_modules/${nodePackages[thisPlatform]}/bin/node"`,
    '[ -x "$node" ] || node=node',
    'exec "$node" --max-semi-space-size=1 --max-old-space-size=96 --disable-warning=ExperimentalWarning "$here/program/cockroach.js" "$@"',
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}

/** The package's libraries are linked by an install script, which npm may have been told not to run. */
async function linkLibraries(postgres) {
  const native = join(postgres, 'native');
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  if (links.every(({ target }) => existsSync(join(postgres, target)))) return;
  await run(process.execPath, [join(postgres, 'scripts', 'hydrate-symlinks.js')], { cwd: postgres });
}

async function makeTemplate(root, native, template) {
  const stage = mkdtempSync(join(tmpdir(), 'standin-template-'));
  const uid = process.getuid?.() === 0 ? UNPRIVILEGED_UID : undefined;
  const as = uid === undefined ? {} : { uid, gid: uid };
  try {
    if (uid !== undefined) chownSync(stage, uid, uid);
    const bin = await reachable(native, stage, as);
    const data = join(stage, 'data');
    const environment = { cwd: stage, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, ...as };
    await run(
      join(bin, 'initdb'),
      [
        '-D',
        data,
        '-U',
        'sandbox_admin',
        '-A',
        'trust',
        '--locale=C.UTF-8',
        '-E',
        'UTF8',
        '--wal-segsize=1',
        '--no-sync',
        '--no-instructions',
      ],
      environment,
    );
    const single = (database, sql) =>
      run(
        join(bin, 'postgres'),
        [
          '--single',
          '-j',
          '-O',
          '-D',
          data,
          '-c',
          'exit_on_error=on',
          '-c',
          'log_min_messages=fatal',
          '-c',
          'log_min_error_statement=panic',
          '-c',
          'fsync=off',
          database,
        ],
        { ...environment, input: sql },
      );
    const source = join(root, 'standin/src/postgres');
    for (const file of OBJECTS)
      await single('template1', `${readFileSync(join(source, file), 'utf8').replace(/;\n\n+/g, ';\n')}\n`);
    await single(
      'template1',
      'VACUUM FULL;\n\nALTER DATABASE template0 IS_TEMPLATE false;\n\nDROP DATABASE template0;\n\nDROP DATABASE postgres;\n\nCREATE DATABASE postgres OWNER root;\n\n',
    );
    await single('template1', DATABASES.map((name) => `CREATE DATABASE ${name} OWNER root;\n\n`).join(''));
    writeFileSync(join(data, 'postgresql.conf'), readFileSync(join(source, 'settings.conf')));
    writeFileSync(join(data, 'pg_hba.conf'), 'local all all trust\n');
    cpSync(data, join(template, 'data'), { recursive: true });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/**
 * Where that user can run PostgreSQL from: the package, or a copy when it lies in a directory that is closed to others.
 */
async function reachable(native, stage, as) {
  if ((await runCommand(join(native, 'bin', 'postgres'), ['--version'], { cwd: '/', timeoutMs: VERSION_MS, ...as })).ok)
    return join(native, 'bin');
  cpSync(native, join(stage, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(stage, 'native', 'bin');
}

async function run(command, args, options) {
  const { ok, output, why } = await runCommand(command, args, { timeoutMs: STEP_MS, ...options });
  if (!ok || /^\S*.*(ERROR|FATAL|PANIC):/m.test(output))
    throw new Error(`${command} failed (${why || 'it reported an error'}): ${output.trim().slice(-2000)}`);
}
