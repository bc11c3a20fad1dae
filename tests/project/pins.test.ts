import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { releases } from '../../server/setup/cockroach-release.mjs';
import { MIN_MAJOR } from '../../server/setup/node.mjs';
import { ownNodeProblem } from '../../server/setup/own-node.mjs';
import { packagesAreThere, withoutLifecycle } from '../../server/setup/packages.mjs';
import { nodePackages, sandboxPlatforms } from '../../server/setup/platform-packages.mjs';
import { postgresPackage } from '../../standin/src/postgres/facts.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');

test('every Python package has an exact version and a hash', () => {
  const entries = read('content/requirements.txt')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/ \\\n\s*/g, ' ')
    .trim()
    .split('\n');
  expect(entries.length).toBeGreaterThan(5);
  const condition = /(; python_version (<|>=) "3\.\d+"( and python_version < "3\.\d+")?)?/;
  const hashes = /( --hash=sha256:[0-9a-f]{64})+/;
  const pinned = new RegExp(`^[a-z0-9-]+==[0-9][^ ;]*${condition.source}${hashes.source}$`);
  for (const entry of entries) expect(entry).toMatch(pinned);
});

test.each([
  { what: 'our Node for every platform', manifest: 'package.json', names: Object.values(nodePackages) },
  {
    what: "the stand-in's PostgreSQL for every platform that runs sandboxes",
    manifest: 'standin/package.json',
    names: sandboxPlatforms.map((platform) => postgresPackage(platform)),
  },
])('the lockfile holds $what, with its integrity and in the version of $manifest', ({ manifest, names }) => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { version: string; integrity?: string }>;
  };
  const { optionalDependencies } = JSON.parse(read(manifest)) as { optionalDependencies: Record<string, string> };
  const versions = names.map((name) => {
    const entry = packages[`node_modules/${name}`];
    expect(entry?.integrity, name).toMatch(/^sha512-/);
    expect(entry?.version, name).toBe(optionalDependencies[name]);
    return entry?.version;
  });
  expect(new Set(versions).size).toBe(1);
});

test('there is a CockroachDB release for every platform that runs sandboxes, with its own hash', () => {
  const pinned = Object.entries(releases);
  expect(pinned.map(([processor]) => `linux-${processor}`)).toEqual(sandboxPlatforms);
  for (const [processor, { version, url, sha256 }] of pinned) {
    expect(url).toBe(
      `https://binaries.cockroachdb.com/cockroach-${version}.linux-${processor === 'x64' ? 'amd64' : processor}.tgz`,
    );
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(new Set(pinned.map(([, { sha256 }]) => sha256)).size).toBe(pinned.length);
});

test('the lockfile has the packages of all platforms, because "npm ci" refuses one that lacks some', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
  const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies).filter((name) => !names.has(name)),
  );
  expect(missing).toEqual([]);
});

test('the tests run on a Node that is new enough, wherever it comes from', () => {
  expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(MIN_MAJOR);
});

test('a Node that npm left out, or does not have for this platform, is reported in a sentence', () => {
  expect(ownNodeProblem(resolve(ROOT, 'tests'))).toMatch(/npm left out Bankrun's own Node .* start again/);
  expect(ownNodeProblem(ROOT, 'win32-x64')).toMatch(/no Node for win32-x64/);
});

test('the packages are found, and a folder without any has none', () => {
  expect(packagesAreThere(ROOT, true)).toBe(true);
  expect(() => packagesAreThere(resolve(ROOT, 'tests'), true)).toThrow(/git checkout package-lock\.json/);
});

test('the inner npm gets the machine’s settings, but not what the outer npm is doing', () => {
  const env = {
    PATH: '/bin',
    npm_config_cafile: '/ca.pem',
    npm_lifecycle_event: 'prestart',
    npm_package_name: 'bankrun',
    npm_config_omit: 'optional',
    INIT_CWD: '/x',
    NODE_ENV: 'production',
  };
  expect(withoutLifecycle(env)).toEqual({ PATH: '/bin', npm_config_cafile: '/ca.pem' });
});

test('no committed file names a registry', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { resolved?: string; link?: boolean }>;
  };
  // A workspace is a link to its folder.
  expect(Object.values(packages).filter(({ resolved, link }) => resolved !== undefined && !link)).toEqual([]);
  expect(read('.npmrc') + read('content/requirements.txt')).not.toMatch(/https?:/);
});

test('the lockfile matches each workspace, and the image copies its package.json before it installs', () => {
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version?: string }> };
  const copied = [...read('deploy/Containerfile').matchAll(/^COPY (\S+)\/package\.json \1\/$/gm)].map(
    ([, path]) => path,
  );
  expect(workspaces).toEqual(['standin']);
  expect(copied).toEqual(workspaces);
  for (const path of workspaces) {
    const { version } = JSON.parse(read(`${path}/package.json`)) as { version: string };
    expect(packages[path]?.version).toBe(version);
  }
});
