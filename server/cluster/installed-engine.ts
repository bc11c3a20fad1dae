import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Setup } from '../setup-file.ts';
import { AppError } from '../errors.ts';
import type { Engine } from './engine.ts';
import { ENGINE_DIRECTORY } from '../sandbox-layout.ts';
import { NO_DATABASE } from '../sentences/unavailable-sentences.ts';

const MIB = 1 << 20;
const COCKROACH_CAP_BYTES = 768 * MIB;
const STANDIN_CAP_BYTES = 256 * MIB;

/** The folder of the program in a sandbox, where it is called `cockroach` whatever its name on the host. */
const COCKROACH_DIRECTORY = '/opt/cockroach';
/**
 * The libraries for geospatial functions that the official release has next to its program
 * (cockroachlabs.com/docs/stable/install-cockroachdb-linux).
 */
const LIBRARIES = ['lib/libgeos.so', 'lib/libgeos_c.so'];

/** The host paths from which the stand-in is mounted, as set-up wrote them. */
export interface StandinParts {
  directory: string;
  template: string;
  version: string;
  postgres: string;
  node: string;
}

/** Returns the engine that set-up chose. Throws AppError `unavailable` when set-up found none. */
export function installedEngine(choice: Setup['engine'], standin: StandinParts | undefined): Engine {
  if (choice?.kind === 'cockroach' && choice.path) return cockroach(choice.path, choice.version ?? 'unknown version');
  if (choice?.kind === 'stand-in' && standin) return standIn(standin);
  throw new AppError('unavailable', NO_DATABASE, {
    forOperator: choice?.why ?? 'No database engine is installed: run `npm start`, which fetches one.',
  });
}

function cockroach(path: string, version: string): Engine {
  return {
    name: 'CockroachDB',
    version,
    standIn: false,
    mounts: [{ source: path, destination: `${COCKROACH_DIRECTORY}/cockroach` }, ...librariesOf(path)],
    path: COCKROACH_DIRECTORY,
    env: { COCKROACH_SKIP_ENABLING_DIAGNOSTIC_REPORTING: 'true' },
    memoryBytes: COCKROACH_CAP_BYTES,
    startArguments: [
      '--external-io-dir=disabled',
      '--external-io-disable-http',
      '--external-io-disable-implicit-credentials',
      '--log={sinks: {stderr: {filter: WARNING}}}',
    ],
  };
}

/**
 * Mounts the libraries that exist, by name and not by folder: the folder may contain other files of the operator's,
 * which a sandbox must not show.
 */
function librariesOf(path: string): Engine['mounts'] {
  return LIBRARIES.map((name) => ({
    source: join(dirname(path), name),
    destination: `${COCKROACH_DIRECTORY}/${name}`,
  })).filter(({ source }) => statSync(source, { throwIfNoEntry: false })?.isFile() ?? false);
}

function standIn(parts: StandinParts): Engine {
  return {
    name: 'stand-in',
    version: parts.version.replace(' (stand-in)', ''),
    standIn: true,
    mounts: [
      ...['bin', 'program'].map((name) => ({
        source: join(parts.directory, name),
        destination: `/opt/standin/${name}`,
      })),
      { source: parts.postgres, destination: '/opt/postgres' },
      { source: parts.node, destination: '/opt/node/bin/node' },
    ],
    overlay: { lower: parts.template, destination: '/var/lib/standin' },
    path: '/opt/standin/bin',
    env: {
      STANDIN_DATA: '/var/lib/standin/data',
      // Not on the disk with the data: a full one must not end the database.
      STANDIN_JOURNAL: `${ENGINE_DIRECTORY}/journal`,
      STANDIN_POSTGRES: '/opt/postgres',
    },
    memoryBytes: STANDIN_CAP_BYTES,
    startArguments: [],
  };
}
