import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readStamp, writeStamp } from '../../server/setup/stamp.mjs';
import { doOrThrow, doInside } from './doing.ts';
import { packagesOf, USERS, type Machine, type User } from './machines.ts';

/** Where the files of one machine are. */
export interface Places {
  /** The bare machine, made once. */
  base: string;
  /** The bare machine with the checkout, made again by each run. */
  root: string;
  cache: string;
  disk: string;
  log: string;
}

export function placesOf(stateDir: string, { name }: Machine): Places {
  const folder = join(stateDir, 'machines', name);
  const [base, root, cache, disk, log] = ['base', 'root', 'cache', 'disk', 'log'].map((part) => join(folder, part)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  return { base, root, cache, disk, log };
}

/** Increase it when bare machines must be made again. */
const RECIPE = 1;
const DEBOOTSTRAP_MS = 60 * 60_000;
const COPY_MS = 10 * 60_000;

/**
 * Makes the files of the bare machine, unless they have already been made from the same table. Throws an Error with
 * what went wrong.
 */
export async function makeBase(machine: Machine, places: Places): Promise<void> {
  const stamp = `${places.base}.json`;
  const key = JSON.stringify([RECIPE, machine, packagesOf(machine)]);
  if (readStamp(stamp, key) && existsSync(places.base)) return;
  await remove(places.base);
  const half = `${places.base}.half`;
  await remove(half);
  mkdirSync(dirname(half), { recursive: true });
  await doOrThrow(
    'debootstrap',
    [
      '--variant=minbase',
      `--arch=${machine.architecture}`,
      `--include=${packagesOf(machine).join(',')}`,
      machine.suite,
      half,
    ],
    DEBOOTSTRAP_MS,
  );
  // Keeps packages from starting daemons while they are installed.
  writeFileSync(join(half, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  writeFileSync(join(half, 'etc/hostname'), `${machine.name}\n`);
  const inside = (command: string): Promise<string> =>
    doInside({ ...places, root: half }, 'root', command, DEBOOTSTRAP_MS);
  if (machine.node === 'here') await copyNode(half);
  else await inside('apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm && apt-get clean');
  await inside('useradd --create-home --shell /bin/bash reader');
  renameSync(half, places.base);
  writeStamp(stamp, key, true);
}

/** Copies the Node and the npm that started this command: these are the machine's, not ours. */
async function copyNode(root: string): Promise<void> {
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  if (!node || !npm)
    throw new Error(
      'Node is copied into this machine from here, and where it lies only npm tells: start with ' +
        '"npm run test:machines".',
    );
  const modules = join(root, 'usr/lib/node_modules');
  mkdirSync(modules, { recursive: true });
  await doOrThrow('cp', ['-aL', node, join(root, 'usr/bin/node')], COPY_MS);
  await doOrThrow('cp', ['-a', join(dirname(npm), '..'), join(modules, 'npm')], COPY_MS);
  await doOrThrow('ln', ['-s', '../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/bin/npm')], COPY_MS);
}

/** Copies the bare machine and clones the last commit of this checkout for each user. Throws an Error. */
export async function makeRoot(places: Places, from: string): Promise<void> {
  await remove(places.root);
  await doOrThrow('cp', ['-a', '--reflink=auto', places.base, places.root], COPY_MS);
  for (const { name, checkout, add } of USERS as readonly User[]) {
    if (add !== undefined) await doInside(places, 'root', add, COPY_MS);
    await doOrThrow('git', ['clone', '-q', '--no-hardlinks', from, join(places.root, checkout)], COPY_MS);
    await doInside(places, 'root', `chown -R ${name}: ${checkout}`, COPY_MS);
  }
}

const INSIDE = join(import.meta.dirname, 'inside');
const UNIT = `[Unit]
After=multi-user.target
[Service]
Type=exec
ExecStart=/bin/bash /opt/probe/probe.sh
ExecStopPost=/usr/bin/systemctl poweroff --force
[Install]
WantedBy=multi-user.target
`;

/** Adds the probe, which runs after the boot. */
export async function putProbe(places: Places, plan: string): Promise<void> {
  cpSync(INSIDE, join(places.root, 'opt/probe'), { recursive: true });
  writeFileSync(join(places.root, 'opt/probe/plan'), plan);
  writeFileSync(join(places.root, 'etc/systemd/system/probe.service'), UNIT);
  await doInside(places, 'root', 'systemctl --quiet enable probe', COPY_MS);
}

async function remove(folder: string): Promise<void> {
  await doOrThrow('rm', ['-rf', '--one-file-system', folder], COPY_MS);
}
